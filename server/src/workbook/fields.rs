//! What a column can be about, and how salons head it.

use serde::{Serialize, Serializer};

use super::text;

/// How a column is named here and there, and the words by which a head is recognised.
struct Words {
    field: Field,
    slug: &'static str,
    label: &'static str,
    /// The whole head, apart from brackets and punctuation.
    exact: &'static [&'static str],
    /// Anywhere in the head …
    part: &'static [&'static str],
    /// … unless one of these stands in it too.
    without: &'static [&'static str],
}

macro_rules! fields {
    ($($field:ident $slug:literal $label:literal exact $exact:tt part $part:tt without $without:tt;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $($field),* }

        const WORDS: &[Words] = &[$(Words {
            field: Field::$field, slug: $slug, label: $label, exact: &$exact, part: &$part, without: &$without,
        }),*];
    };
}

fields! {
    Card "card" "会员编号"
        exact ["会员编号", "会员号", "会员卡号", "卡号", "编号", "会员id", "客户编号", "顾客编号", "客户号", "档案号", "档案编号", "卡", "vip", "vip号", "card", "cardno", "cardnumber", "memberid", "memberno", "membershipno", "customerid", "id", "no", "客编", "客户代码", "会员代码", "编码", "客户编码", "会员编码"]
        part ["会员编", "会员号", "卡号", "客户编", "顾客编", "档案号", "档案编", "贵宾号", "贵宾编", "vip编", "vip号", "cardn", "memberi", "membern"]
        without ["银行", "身份", "手机", "推荐", "介绍", "房"];
    Name "name" "姓名"
        exact ["姓名", "名字", "客户", "顾客", "会员", "客人", "贵宾", "客户名", "顾客名", "会员名", "客户名称", "顾客名称", "会员名称", "称呼", "客名", "名称", "客户姓名", "name", "fullname", "customer", "customername", "client", "clientname", "member", "membername"]
        part ["姓名", "名字", "称呼", "customername", "clientname", "fullname"]
        without ["师", "顾问", "员工", "店员", "介绍", "推荐", "紧急", "家属", "家长", "配偶", "店名", "项目", "产品", "负责", "经手", "开卡人", "父", "母", "丈夫", "老公", "孩子", "拼音", "昵称"];
    Gender "gender" "性别" exact ["性别", "男女", "sex", "gender"] part ["性别", "gender"] without [];
    Phone "phone" "手机"
        exact ["手机", "电话", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "联络电话", "联络方式", "移动电话", "联系手机", "号码", "tel", "phone", "mobile", "cell", "cellphone", "mobilephone", "phoneno", "phonenumber", "mobileno", "telephone", "contact"]
        part ["手机", "电话", "联系方式", "联络方式", "移动电话", "phone", "mobile"]
        without ["家", "宅", "固定", "座机", "单位", "公司", "办公", "紧急", "介绍", "推荐", "顾问", "师", "第二", "备用", "其他", "品牌", "型号", "home", "work", "office", "emergency", "2"];
    HomePhone "home_phone" "家庭电话" exact ["座机", "固话", "宅电", "homephone"]
        part ["家庭电话", "住宅电话", "固定电话", "家里电话", "家电话", "宅电", "座机", "备用电话", "备用手机", "第二电话", "其他电话", "电话2", "手机2", "homephone"]
        without ["紧急"];
    Birthday "birthday" "生日"
        exact ["生日", "出生日期", "出生年月", "出生年月日", "出生", "生辰", "birthday", "birthdate", "birth", "dob", "dateofbirth", "bday"]
        part ["生日", "出生", "birth", "dob"]
        without ["农历", "阴历", "旧历", "lunar", "提醒", "礼", "孩子", "老公", "配偶", "出生地", "月份"];
    Skin "skin" "肤质"
        exact ["肤质", "皮肤类型", "皮肤性质", "皮肤", "肤型", "皮质", "皮肤属性", "肤质类型", "skin", "skintype"]
        part ["肤质", "皮肤类型", "皮肤性质", "肤型", "皮肤属性", "skintype"] without [];
    HasAllergy "has_allergy" "是否过敏" exact ["是否过敏", "有无过敏", "有无过敏史", "是否有过敏史", "是否敏感", "过敏与否", "过敏否", "是否过敏体质"]
        part ["是否过敏", "有无过敏", "是否有过敏", "过敏与否"] without ["原", "源", "物"];
    Allergies "allergies" "过敏史"
        exact ["过敏", "过敏史", "过敏源", "过敏原", "过敏物", "过敏情况", "过敏物质", "过敏成分", "禁忌成分", "忌用成分", "过敏禁忌", "allergy", "allergies", "allergen", "allergens"]
        part ["过敏", "忌用", "禁用成分", "禁忌成分", "对什么敏感", "allerg"] without ["敏感性肤质"];
    History "history" "既往护理"
        exact ["既往护理", "既往", "以往", "过往", "既往情况", "既往经历", "既往美容", "既往史", "既往美容史", "美容史", "医美史", "护理史", "护肤史", "美容经历", "护理经历", "既往项目", "做过项目", "做过的项目", "曾做项目", "治疗史", "光电史", "history", "pasttreatments", "treatmenthistory"]
        part ["既往护", "既往美", "既往项", "既往医", "既往治", "以往护", "以往美", "以前做", "过往护", "过往美", "过往项", "曾做", "做过", "美容史", "医美", "护理史", "护肤史", "焕肤史", "换肤史", "光电", "激光史", "刷酸史", "treatmenthistory", "pasttreatment", "pastcare"]
        without ["病史", "本店", "日期", "时间", "次数"];
    Source "source" "来源"
        exact ["来源", "来源渠道", "客户来源", "顾客来源", "渠道", "获客渠道", "介绍人", "推荐人", "从何得知", "如何得知", "怎么知道", "source", "channel", "referral", "referredby"]
        part ["来源", "渠道", "介绍人", "推荐人", "得知", "怎么知道", "source", "channel", "referr"] without ["电话", "手机", "编号", "卡号"];
    Consultant "consultant" "美容顾问"
        exact ["美容顾问", "顾问", "美容师", "负责人", "专属顾问", "跟进人", "服务人员", "责任美容师", "美疗师", "客户经理", "归属人", "归属", "接待人", "技师", "consultant", "beautician", "therapist", "staff", "advisor", "adviser"]
        part ["顾问", "美容师", "美疗师", "技师", "跟进人", "负责人", "客户经理", "服务人员", "接待", "consultant", "beautician", "therapist"]
        without ["电话", "手机", "日期", "时间", "编号"];
    Kind "kind" "类型"
        exact ["类型", "客户类型", "顾客类型", "会员类型", "类别", "级别", "等级", "abc", "abc类", "分类", "客户类别", "顾客类别", "客户级别", "客户等级", "顾客等级", "会员等级", "会员级别", "grade", "type", "class", "tier", "level", "category"]
        part ["客户类", "顾客类", "客户级", "顾客级", "客户等", "顾客等", "会员等", "会员级", "会员类", "客户分", "顾客分", "abc"] without ["卡"];
    FirstVisit "first_visit" "首次到店"
        exact ["首次到店", "初次到店", "第一次到店", "首次消费", "建档日期", "建档时间", "入会日期", "入会时间", "开卡日期", "办卡日期", "登记日期", "注册日期", "加入日期", "firstvisit", "since", "joined"]
        part ["首次", "初次", "第一次", "首访", "首到", "建档", "入会", "开卡日", "开卡时", "办卡日", "办卡时", "登记日", "注册日", "注册时", "入店", "firstvisit", "joindate", "firstdate"]
        without ["金额", "项目", "介绍", "人"];
    LastVisit "last_visit" "最近到店"
        exact ["最近到店", "最后到店", "上次到店", "末次到店", "最近消费", "最后消费", "最近来店", "lastvisit"]
        part ["最近", "最后", "上次", "末次", "近期到店", "lastvisit", "lastdate", "latestvisit"] without ["金额", "项目", "产品", "护理师", "美容师"];
    Spent "spent" "累计消费"
        exact ["累计消费", "消费总额", "总消费", "消费金额", "累计金额", "消费合计", "总消费额", "累计消费额", "累计消费金额", "消费总金额", "历史消费", "spent", "totalspent", "totalspend", "spending"]
        part ["累计消费", "消费总", "总消费", "消费合计", "累计金额", "消费累计", "消费金额", "历史消费", "totalspen"] without ["次数", "最近", "上次", "今年", "本月", "次"];
    Balance "balance" "储值余额"
        exact ["储值余额", "余额", "卡内余额", "卡余额", "账户余额", "剩余金额", "结余", "储值", "会员卡余额", "帐户余额", "balance"]
        part ["余额", "剩余金额", "结余", "balance"] without ["赠", "积分", "次", "欠", "冻结"];
    Note "note" "备注"
        exact ["备注", "说明", "备考", "附注", "注", "备注说明", "特殊说明", "特别说明", "注意事项", "其他", "其它", "note", "notes", "remark", "remarks", "comment", "comments", "memo"]
        part ["备注", "注意事项", "附注", "remark", "comment", "memo"] without [];
    Pregnancy "pregnancy" "孕期哺乳" exact ["怀孕", "孕期", "是否怀孕", "孕哺", "妊娠", "pregnant", "pregnancy"]
        part ["怀孕", "孕期", "哺乳", "妊娠", "孕哺", "pregnan"] without ["次数", "史"];
    Medication "medication" "用药" exact ["用药", "服药", "药物", "在用药物", "用药情况", "用药史", "medication", "medicine"]
        part ["用药", "服药", "服用药", "在吃药", "medicat", "medicine"] without ["过敏"];
    Implant "implant" "植入物" exact ["植入物", "起搏器", "假体", "implant", "pacemaker"] part ["植入", "起搏器", "假体", "implant", "pacemaker"] without [];
    BloodType "blood_type" "血型" exact ["血型", "bloodtype"] part ["血型", "bloodtype"] without [];
    Workplace "workplace" "工作单位" exact ["单位", "公司", "职业", "工作", "workplace", "company", "occupation"]
        part ["工作单位", "单位名称", "公司名称", "职业", "workplace", "occupation"] without ["电话", "地址"];
    Hobbies "hobbies" "爱好" exact ["爱好", "兴趣", "hobby", "hobbies"] part ["爱好", "兴趣", "hobb"] without [];
    Diet "diet" "饮食" exact ["饮食", "忌口", "diet"] part ["饮食", "忌口", "diet"] without [];
    Address "address" "地址" exact ["地址", "住址", "address"] part ["地址", "住址", "address"] without ["mail", "邮箱"];
    Wechat "wechat" "微信" exact ["微信", "微信号", "wechat", "wx"] part ["微信", "wechat"] without [];
    Serial "serial" "序号" exact ["序号", "序", "行号", "#", "no.", "index", "rownumber"] part ["序号"] without [];
    IdNumber "id_number" "身份证号" exact ["身份证", "身份证号", "身份证号码", "证件号", "证件号码", "idcard"] part ["身份证", "证件号"] without [];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Part,
    Whole,
}

/// What a head speaks of, and whether the whole head says so or only a part of it.
pub fn recognise(head: &str) -> Option<(Field, Strength)> {
    let whole = text::key(head);
    let bare = bare(&whole);
    let is_data = whole.chars().filter(char::is_ascii_digit).count() > 4;
    if whole.is_empty() || is_data || whole.chars().count() > 30 {
        return None;
    }
    let allowed = |words: &&Words| !words.without.iter().any(|word| whole.contains(word));
    if let Some(words) =
        WORDS.iter().filter(allowed).find(|words| words.exact.contains(&whole.as_str()) || words.exact.contains(&bare.as_str()))
    {
        return Some((words.field, Strength::Whole));
    }
    let longest = |words: &Words| words.part.iter().filter(|part| bare.contains(**part)).map(|part| part.chars().count()).max();
    let found = WORDS.iter().filter(allowed).filter_map(|words| Some((longest(words)?, words.field)));
    found.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, field)| (field, Strength::Part))
}

/// "1.手机号(必填)*" → "手机号".
fn bare(head: &str) -> String {
    let (outside, inside) = text::without_brackets(head);
    let letters: String = outside.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    if letters.is_empty() { inside.concat() } else { letters }
}

impl Field {
    pub const ALL: &'static [Self] = &{
        let mut all = [Self::Card; WORDS.len()];
        let mut index = 0;
        while index < WORDS.len() {
            all[index] = WORDS[index].field;
            index += 1;
        }
        all
    };

    pub fn slug(self) -> &'static str {
        self.words().slug
    }

    pub fn label(self) -> &'static str {
        self.words().label
    }

    /// By slug, by label, or by any head that stands for it.
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let named = WORDS.iter().find(|words| words.slug == written || words.label == written).map(|words| words.field);
        named.or_else(|| recognise(written).map(|(field, _)| field))
    }

    fn words(self) -> &'static Words {
        &WORDS[self as usize]
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}
