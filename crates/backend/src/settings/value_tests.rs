//! Values that can be read and cannot be meant: out of range, or not what they should be. Each is
//! told with its setting and with what is allowed.

use super::mistake_tests::{Case, added, changed, is_told};

#[test]
fn numbers_out_of_range_are_told_with_the_range() {
    let cases: [Case<'_>; 15] = [
        (
            "[session]\nidle_minutes = -1",
            "session.idle_minutes",
            "from 0 to 4294967295",
        ),
        (
            "[session]\nidle_minutes = 0",
            "session.idle_minutes",
            "at least 1",
        ),
        (
            "[session]\nidle_minutes = 530000\nabsolute_hours = 8784",
            "session.idle_minutes",
            "at most 527040",
        ),
        (
            "[session]\nabsolute_hours = 0",
            "session.absolute_hours",
            "not be shorter",
        ),
        (
            "[session]\nabsolute_hours = 8785",
            "session.absolute_hours",
            "at most 8784",
        ),
        (
            "[session]\nabsolute_hours = 5000000000",
            "session.absolute_hours",
            "to 4294967295",
        ),
        (
            "[part_payments]\npercent = 0",
            "part_payments.percent",
            "1 to 100",
        ),
        (
            "[part_payments]\npercent = 101",
            "part_payments.percent",
            "1 to 100",
        ),
        (
            "[calendar]\nlead_hours = 70000",
            "calendar.lead_hours",
            "from 0 to 65535",
        ),
        (
            "[calendar]\nhorizon_days = 367",
            "calendar.horizon_days",
            "1 to 366",
        ),
        ("[calendar]\nmost_open = 0", "calendar.most_open", "\"off\""),
        (
            "[calendar]\nhold_minutes = 0",
            "calendar.hold_minutes",
            "at least 1",
        ),
        (
            "[calendar.cancel]\nfree_hours = 1\nlate_percent = 101",
            "calendar.cancel.late_percent",
            "0 to 100",
        ),
        (
            "[calendar.reschedule]\nhours = 1\nmost = 0",
            "calendar.reschedule.most",
            "leave [calendar.reschedule] out",
        ),
        (
            "[checkout]\npoll_seconds = 2",
            "checkout.poll_seconds",
            "between 3 and 60",
        ),
    ];
    for (lines, setting, says) in cases {
        is_told(&added(lines), setting, says);
    }
}

#[test]
fn texts_that_are_not_what_they_should_be_are_told() {
    for (text, instead, setting, says) in [
        (
            "\"https://portal.example.com\"",
            "\"portal\"",
            "public_url",
            "https://clinic.example",
        ),
        (
            "\"https://portal.example.com\"",
            "\"ftp://a.example\"",
            "public_url",
            "neither https",
        ),
        (
            "\"https://portal.example.com\"",
            "\"http://a.example\"",
            "public_url",
            "use https",
        ),
        ("\"data/portal.sqlite\"", "\"\"", "database", "write a path"),
        ("\"/srv/portal/dist\"", "\"\"", "dist", "write a path"),
        (
            "= true",
            "= true\nlisten = \"8080\"",
            "listen",
            "as in 127.0.0.1:8080",
        ),
        ("\"Harbour Clinic\"", "\" \"", "portal.name", "empty"),
        ("\"#1d5fbf\"", "\"blue\"", "portal.brand", "such as #1d5fbf"),
        (
            "\"#1d5fbf\"",
            "\"#1d5fb\"",
            "portal.brand",
            "such as #1d5fbf",
        ),
        (
            "\"Europe/Dublin\"",
            "\"GMT+1\"",
            "portal.time_zone",
            "such as Europe/Dublin",
        ),
        (
            "[\"EUR\", \"JPY\"]",
            "[]",
            "portal.currencies",
            "at least one",
        ),
        ("\"JPY\"]", "\"YEN!\"]", "portal.currencies[1]", "ISO 4217"),
        (
            "gateway = \"sandbox\"",
            "gateway = \"elsewhere\"",
            "methods[0].gateway",
            "no [[gateways]] has that id",
        ),
        (
            "\"card\"",
            "\"a card\"",
            "methods[0].id",
            "1 to 64 characters",
        ),
        (
            "\"https://pay.example.com\"",
            "\"pay\"",
            "gateways[0].url",
            "https://clinic",
        ),
    ] {
        is_told(&changed(text, instead), setting, says);
    }
    for tag in ["English", "en_GB", "EN", "e", "en-", "en-GB-US", "en-x", ""] {
        let text = changed(
            "\"EUR\", \"JPY\"]",
            &format!("\"EUR\"]\nlocales = [\"{tag}\"]"),
        );
        is_told(&text, "portal.locales", "such as en or pt-BR");
    }
    let cases: [Case<'_>; 10] = [
        (
            "[portal.legal]\nterms = \"javascript:alert(1)\"",
            "portal.legal.terms",
            "https://",
        ),
        (
            "[portal.support]\nurl = \"help\"",
            "portal.support.url",
            "https://",
        ),
        (
            "[security]\ncoop = \"open\"",
            "security.coop",
            "same-origin, unsafe-none",
        ),
        (
            "[security]\nportal_origins = [\"a.example\"]",
            "security.portal_origins",
            "https://www",
        ),
        (
            "[security]\nportal_origins = [\"http://a.example\"]",
            "security.portal_origins",
            "localhost",
        ),
        (
            "[security]\nproxies = [\"10.0.0.1\", \"proxy\"]",
            "security.proxies[1]",
            "10.0.0.2",
        ),
        (
            "[calendar]\nrequests = \"perhaps\"",
            "calendar.requests",
            "`off`, `ask`, `book`",
        ),
        (
            "[calendar]\nmap = \"https://a.example\"",
            "calendar.map",
            "{place}",
        ),
        (
            "[checkout]\nsame_tab = \"never\"",
            "checkout.same_tab",
            "needed, phones, always",
        ),
        (
            "[[links]]\nplace = \"home\"\ntitle = \"A\"\nurl = \"a.example\"",
            "links[0].url",
            "begins with https://",
        ),
    ];
    for (lines, setting, says) in cases {
        is_told(&added(lines), setting, says);
    }
}

#[test]
fn methods_are_told_by_their_number_and_their_setting() {
    let second = |lines: &str| {
        added(&format!(
            "[[methods]]\nid = \"b\"\ngateway = \"sandbox\"\n{lines}"
        ))
    };
    let cases: [Case<'_>; 8] = [
        (
            "kind = \"gold\"",
            "methods[1].kind",
            "card, wallet, bank_transfer",
        ),
        ("currencies = []", "methods[1].currencies", "name one"),
        (
            "currencies = [\"USD\"]",
            "methods[1].currencies",
            "portal.currencies",
        ),
        (
            "minimum = { EUR = \"5\" }",
            "methods[1].minimum.EUR",
            "b, minimum of EUR",
        ),
        (
            "currencies = [\"EUR\"]\nsurcharge = { JPY = \"5\" }",
            "methods[1].surcharge.JPY",
            "does not take",
        ),
        (
            "surcharge_percent = \"101\"",
            "methods[1].surcharge_percent",
            "up to 100",
        ),
        (
            "[[methods.options]]\nid = \"c\"\nlabel = \" \"",
            "methods[1].options[0].label",
            "no label",
        ),
        (
            "settles_days = -1",
            "methods[1].settles_days",
            "from 0 to 65535",
        ),
    ];
    for (lines, setting, says) in cases {
        is_told(&second(lines), setting, says);
    }
}

#[test]
fn names_that_only_files_have_are_no_zones() {
    for name in [
        "Factory",
        "Etc/Unknown",
        "localtime",
        "posixrules",
        "posix/Europe/Dublin",
    ] {
        let text = changed("Europe/Dublin", name);
        is_told(
            &text,
            "portal.time_zone",
            &format!("`{name}` is no IANA time zone"),
        );
    }
}
