//! When the program stops: a plain sentence over the page, and the place for whoever mends it.

use leptos::prelude::document;
use std::panic::{PanicHookInfo, set_hook};

const SAID: [(&str, &str); 2] = [
    ("zh-CN", "心颜停下来了。已保存的记录都还在，刷新这个页面就能接着用。"),
    ("en", "Xinyan has stopped. Everything that was saved is still here; reload this page to go on."),
];

pub fn say_so_when_it_happens() {
    set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        say_so(info);
    }));
}

fn say_so(_: &PanicHookInfo<'_>) {
    let document = document();
    let (Some(body), Ok(notice)) = (document.body(), document.create_element("section")) else {
        return;
    };
    notice.set_class_name("shell__trouble");
    let _ = notice.set_attribute("role", "alert");
    for (language, said) in SAID {
        if let Ok(line) = document.create_element("p") {
            let _ = line.set_attribute("lang", language);
            line.set_text_content(Some(said));
            let _ = notice.append_child(&line);
        }
    }
    let _ = body.prepend_with_node_1(&notice);
}
