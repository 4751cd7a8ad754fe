//! The choice of where the provider's page opens, by table.

use super::*;

const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
     Chrome/142.0.0.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SAFARI: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 \
     (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) \
     AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ANDROID: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like \
     Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

fn at(user_agent: &str) -> Environment {
    Environment {
        user_agent: user_agent.to_owned(),
        installed: false,
        framed: false,
        phone: false,
        same_tab: SameTab::Needed,
    }
}

#[test]
fn ordinary_browsers_open_a_window() {
    let safari_on_iphone = format!("{IPHONE} Version/18.6 Mobile/15E148 Safari/604.1");
    for agent in [CHROME, FIREFOX, SAFARI, ANDROID, &safari_on_iphone, ""] {
        assert_eq!(Presenter::of(&at(agent)), Presenter::Window, "{agent}");
    }
}

#[test]
fn browsers_without_windows_stay_in_the_tab() {
    let on_iphone = |tail: &str| format!("{IPHONE} {tail}");
    let on_android = |tail: &str| format!("{ANDROID} {tail}");
    for agent in [
        on_iphone("Mobile/15E148"),
        on_iphone("Mobile/15E148 [FBAN/FBIOS;FBAV/420.0.0.32.72;FBDV/iPhone13,2]"),
        on_android("[FB_IAB/FB4A;FBAV/440.0.0.30.110;]"),
        on_iphone("Mobile/15E148 Instagram 300.0.0.29.109"),
        on_android("Instagram 300.0.0.29.109 Android"),
        on_iphone("Safari/604.1 Line/13.10.0"),
        on_android("MMWEBID/1 MicroMessenger/8.0.44"),
        on_android("musical_ly_2023109040 BytedanceWebview/d8a21c6"),
        on_iphone("Mobile/15E148 Safari/604.1 Snapchat/12.60"),
        on_iphone("FxiOS/140.0 Mobile/15E148 Safari/605.1.15"),
        on_iphone("Version/18.0 EdgiOS/140.0 Mobile/15E148 Safari/605.1.15"),
        "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0".to_owned(),
        "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv) AppleWebKit/537.36 (KHTML, \
         like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36"
            .to_owned(),
        "Opera/9.80 (Android; Opera Mini/36.2/191.249; U; en) Presto/2.12.423".to_owned(),
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            .to_owned(),
    ] {
        assert_eq!(Presenter::of(&at(&agent)), Presenter::SameTab, "{agent}");
        let framed = Environment {
            framed: true,
            ..at(&agent)
        };
        assert_eq!(Presenter::of(&framed), Presenter::Link, "{agent}, framed");
    }
}

#[test]
fn every_combination_is_decided() {
    use Presenter::{Link, SameTab as Here, Window};
    let rows = [
        // installed, framed, phone: needed, phones, always
        (false, false, false, [Window, Window, Here]),
        (false, false, true, [Window, Here, Here]),
        (false, true, false, [Window, Window, Window]),
        (false, true, true, [Window, Window, Window]),
        (true, false, false, [Here, Here, Here]),
        (true, false, true, [Here, Here, Here]),
        (true, true, false, [Link, Link, Link]),
        (true, true, true, [Link, Link, Link]),
    ];
    for (installed, framed, phone, wanted) in rows {
        let choices = [SameTab::Needed, SameTab::Phones, SameTab::Always];
        for (same_tab, presenter) in choices.into_iter().zip(wanted) {
            let environment = Environment {
                installed,
                framed,
                phone,
                same_tab,
                ..at(CHROME)
            };
            assert_eq!(Presenter::of(&environment), presenter, "{environment:?}");
        }
    }
}

#[test]
fn a_choice_that_this_build_does_not_know_changes_nothing() {
    let environment = Environment {
        same_tab: SameTab::Unknown,
        phone: true,
        ..at(CHROME)
    };
    assert_eq!(Presenter::of(&environment), Presenter::Window);
}
