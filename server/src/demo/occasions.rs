//! Why the demo's people and customers get in touch with one another, and what is said then.

use domain::{Channel, Direction, Matter, Talk, Text};

/// The way, whether she was reached, and the words of whoever wrote it down.
type Line = (Channel, bool, &'static str);

pub struct Occasion {
    direction: Direction,
    about: Matter,
    pub lines: &'static [Line],
}

impl Occasion {
    pub fn talk(&self, (channel, is_reached, words): Line) -> Talk {
        Talk { channel, direction: self.direction, about: self.about, is_reached, on: None, text: Text::new(words).ok() }
    }
}

pub const REMINDER: Occasion = Occasion {
    direction: Direction::ByUs,
    about: Matter::Appointment,
    lines: &[
        (Channel::Phone, true, "提醒明天的预约，她说准时到。"),
        (Channel::Phone, true, "提醒明天来，她怕路上堵，可能晚十分钟。"),
        (Channel::Phone, false, "没人接，改发了微信。"),
        (Channel::WeChat, true, "发了明天的时间，她回“好的”。"),
        (Channel::WeChat, true, "提醒明天的预约，她想要安静一点的房间，已经留好。"),
        (Channel::Message, true, "短信提醒了明天的时间，她回“收到”。"),
    ],
};

pub const REQUEST: Occasion = Occasion {
    direction: Direction::ByHer,
    about: Matter::Appointment,
    lines: &[
        (Channel::WeChat, true, "她问明天有没有空，帮她约在了下午。"),
        (Channel::WeChat, true, "她说明天上午临时有事，帮她改到了下午。"),
        (Channel::Phone, true, "打来约明天的时间，还想找上次那位美容师。"),
        (Channel::Phone, true, "问明天下班过来还来不来得及，给她约了晚一点的。"),
    ],
};

pub const CARE_CALL: Occasion = Occasion {
    direction: Direction::ByUs,
    about: Matter::AfterCare,
    lines: &[
        (Channel::Phone, true, "问她做完以后怎么样，说第二天有点紧绷，今天好了。提醒这几天别去角质。"),
        (Channel::Phone, true, "她说脸没那么干了，也没有发红，下个月还来。"),
        (Channel::Phone, true, "两颊还有点干，让她晚上面霜多擦一层，周末再问一次。"),
        (Channel::Phone, true, "她在开会，不方便多说，只说都好。"),
        (Channel::Phone, false, "没人接，晚上再打。"),
        (Channel::WeChat, true, "问她皮肤怎么样，她回“挺好的，没有不舒服”。"),
        (Channel::WeChat, true, "她说上班忙，带回去的面膜还没敷。没有催她。"),
        (Channel::WeChat, true, "她说新换的洁面用着不刺痛，让她接着用。"),
        (Channel::WeChat, true, "下巴的痘消了一些，让她别用手挤，防晒照样要擦。"),
        (Channel::WeChat, false, "留了言，还没有回。"),
    ],
};

/// What a beautician hears from her in the treatment room.
pub const COMPLAINT: Occasion = Occasion {
    direction: Direction::ByHer,
    about: Matter::Complaint,
    lines: &[
        (Channel::InPerson, true, "等了二十分钟才开始，她有点不高兴。当面道了歉，也告诉了店长。"),
        (Channel::InPerson, true, "她说房间有点冷，加了毯子，空调调高了两度。"),
        (Channel::InPerson, true, "她嫌隔壁说话声音大，没休息好。下次给她安排里面的房间。"),
    ],
};

pub const OFFER: Occasion = Occasion {
    direction: Direction::ByUs,
    about: Matter::Offer,
    lines: &[
        (Channel::WeChat, true, "发了会员日的消息，她说有空就来。"),
        (Channel::WeChat, true, "告诉她到了新的舒缓面膜，她想先试一片，下次给她留着。"),
        (Channel::WeChat, false, "发了这个月的活动，她没有回。"),
        (Channel::Phone, true, "说了带朋友来的活动，她说问问同事。"),
    ],
};

pub const BIRTHDAY: Occasion = Occasion {
    direction: Direction::ByUs,
    about: Matter::Other,
    lines: &[
        (Channel::WeChat, true, "今天她生日，发了祝福，她回“谢谢，你们还记得”。"),
        (Channel::WeChat, true, "祝她生日快乐，她说晚上和家里人吃饭。"),
        (Channel::WeChat, false, "发了生日祝福，还没有回。"),
        (Channel::Message, true, "发了生日祝福，她回了谢谢。"),
        (Channel::Phone, true, "打电话祝她生日快乐，她很高兴，说过几天来做护理。"),
    ],
};
