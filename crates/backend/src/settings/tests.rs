//! What is read, what is refused, and what is never shown.

use super::*;

pub(super) const WHOLE: &str = r##"
public_url = "https://portal.example.com"
database = "data/portal.sqlite"
dist = "/srv/portal/dist"
allow_sandbox = true

[portal]
name = "Harbour Clinic"
brand = "#1d5fbf"
time_zone = "Europe/Dublin"
currencies = ["EUR", "JPY"]

[[methods]]
id = "card"
gateway = "sandbox"

[[gateways]]
id = "sandbox"
kind = "sandbox"
mode = "test"
url = "https://pay.example.com"
[gateways.credentials]
api_key = "an api key that is long"
webhook_secret = "a webhook secret that is long"
"##;

pub(super) fn parse(text: &str) -> Result<Settings, SettingsError> {
    Settings::parse(text, Path::new("/etc/portico"))
}

/// The settings above with one line in the place of another.
fn refused(line: &str, instead: &str) -> String {
    assert!(WHOLE.contains(line), "{line}");
    match parse(&WHOLE.replace(line, instead)) {
        Ok(_) => panic!("`{instead}` was taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_short_file_is_enough() {
    let settings = parse(WHOLE).unwrap();
    assert_eq!(
        settings.database,
        Path::new("/etc/portico/data/portal.sqlite")
    );
    assert_eq!(settings.dist, Path::new("/srv/portal/dist"));
    assert_eq!(settings.session.idle, Duration::from_secs(30 * 60));
    assert_eq!(settings.session.absolute, Duration::from_secs(12 * 60 * 60));
    assert_eq!(settings.security.coop, "same-origin-allow-popups");
    assert!(settings.features.pay && settings.features.push);
    assert_eq!(settings.portal.seller.name, "Harbour Clinic");
    // A method takes every currency of the portal unless it says otherwise.
    assert_eq!(settings.methods[0].currencies, settings.portal.currencies);
    assert_eq!(settings.gateway_ids(), ["sandbox"]);
}

#[test]
fn the_example_is_one_that_works() {
    let text = include_str!("../../settings.example.toml");
    let settings = Settings::parse(text, Path::new("/srv/portico"))
        .unwrap_err()
        .to_string();
    // All it wants is the two secrets, which no file of ours holds.
    assert_eq!(settings.matches("\n  - ").count(), 2, "{settings}");
    let secrets = [
        ("api_key", "SANDBOX_API_KEY"),
        ("webhook_secret", "SANDBOX_WEBHOOK_SECRET"),
    ];
    let text = secrets.iter().fold(text.to_owned(), |text, (name, env)| {
        let source = format!("{name} = {{ env = \"{env}\" }}");
        assert!(text.contains(&source), "{source}");
        text.replace(&source, &format!("{name} = \"sixteen characters\""))
    });
    Settings::parse(&text, Path::new("/srv/portico")).unwrap();
}

#[test]
fn what_does_not_go_together_is_refused_with_the_reason() {
    let url = "public_url = \"https://portal.example.com\"";
    let brand = "brand = \"#1d5fbf\"";
    let currencies = "currencies = [\"EUR\", \"JPY\"]";
    let gateway = "gateway = \"sandbox\"";
    let gateway_url = "url = \"https://pay.example.com\"";
    for (line, instead, says) in [
        (
            url,
            "public_url = \"http://portal.example.com\"",
            "plain http is only",
        ),
        (
            url,
            "public_url = \"ftp://portal.example.com\"",
            "neither https",
        ),
        (url, "public_url = \"portal.example.com\"", "not an address"),
        (
            url,
            "public_url = \"https://portal.example.com?a\"",
            "no user, query",
        ),
        (brand, "brand = \"blue\"", "not a colour"),
        ("\"Europe/Dublin\"", "\"Europe/Nowhere\"", "IANA time zone"),
        ("name = \"Harbour Clinic\"", "name = \" \"", "portal.name"),
        (currencies, "currencies = []", "portal.currencies"),
        (
            currencies,
            "currencies = [\"EUR\"]\nlocales = []",
            "portal.locales",
        ),
        (
            currencies,
            "currencies = [\"EUR\"]\nlocales = [\"English\"]",
            "no language tag",
        ),
        (
            gateway,
            "gateway = \"sandbox\"\ncurrencies = [\"USD\"]",
            "takes USD",
        ),
        (
            gateway,
            "gateway = \"stripe\"",
            "no [[gateways]] has that id",
        ),
        (
            gateway,
            "gateway = \"sandbox\"\nkind = \"gold\"",
            "kind `gold`",
        ),
        (
            gateway_url,
            "url = \"http://pay.example.com\"",
            "must be https",
        ),
        (
            gateway_url,
            "url = \"https://portal.example.com\"",
            "own origin",
        ),
        (
            "[portal]",
            "[security]\ncoop = \"open\"\n[portal]",
            "security.coop",
        ),
        (
            "[portal]",
            "[security]\nportal_origins = [\"https://a.example/\"]\n[portal]",
            "not an origin",
        ),
        (
            "[portal]",
            "[session]\nidle_minutes = 0\n[portal]",
            "at least 1",
        ),
        (
            "[portal]",
            "[session]\nabsolute_hours = 0\n[portal]",
            "must not be shorter",
        ),
        (
            "[portal]",
            "[portal.legal]\nterms = \"javascript:alert(1)\"\n[portal]",
            "portal.legal.terms",
        ),
        (
            "[portal]",
            "[portal.support]\nurl = \"//evil.example\"\n[portal]",
            "portal.support.url",
        ),
        (
            "[portal]",
            "[portal.support]\nemial = \"a@example.com\"\n[portal]",
            "unknown field `emial`",
        ),
        ("[portal]", "[portl]\n[portal]", "unknown field `portl`"),
        ("\"EUR\"", "\"EURO\"", "ISO 4217"),
    ] {
        let told = refused(line, instead);
        assert!(told.contains(says), "{instead}: {told}");
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let text = WHOLE
        .replace("https://portal.example.com", "http://portal.example.com")
        .replace("#1d5fbf", "blue")
        .replace("Europe/Dublin", "Dublin");
    let error = parse(&text).unwrap_err();
    assert_eq!(error.problems.len(), 3, "{error}");
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    for (url, fine) in [
        ("http://localhost:8080", true),
        ("http://clinic.localhost", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080", true),
        ("http://192.168.1.10", false),
        ("http://localhost.example.com", false),
        ("http://notlocalhost", false),
        ("https://192.168.1.10", true),
    ] {
        let mut settings = parse(WHOLE).unwrap();
        settings.public_url = PublicUrl::parse(url).unwrap();
        assert_eq!(settings.check().is_ok(), fine, "{url}");
    }
}

#[test]
fn an_address_is_taken_apart_as_browsers_do() {
    for (url, origin, host, path) in [
        ("https://a.example", "https://a.example", "a.example", ""),
        (
            "https://A.example:443/",
            "https://a.example",
            "a.example",
            "",
        ),
        (
            "http://localhost:8080/p/",
            "http://localhost:8080",
            "localhost:8080",
            "/p",
        ),
        ("http://[::1]:80/p", "http://[::1]", "[::1]", "/p"),
    ] {
        let url = PublicUrl::parse(url).unwrap();
        assert_eq!((url.origin(), url.host(), url.path()), (origin, host, path));
        assert_eq!(
            url.join("/pay/return"),
            format!("{origin}{path}/pay/return")
        );
    }
}

#[test]
fn a_secret_may_stand_in_a_file_or_in_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), "a key from a file of its own\n").unwrap();
    let with = |source: &str| {
        let text = WHOLE.replace("\"an api key that is long\"", source);
        Settings::parse(&text, folder.path())
    };
    let read = with("{ file = \"key\" }").unwrap();
    let key = read.gateways[0].credential("api_key");
    assert_eq!(key.expose(), "a key from a file of its own");
    // Every process that runs cargo's tests has this one.
    let read = with("{ env = \"CARGO_MANIFEST_DIR\" }").unwrap();
    let key = read.gateways[0].credential("api_key");
    assert_eq!(key.expose(), env!("CARGO_MANIFEST_DIR"));
    for (source, says) in [
        ("{ file = \"missing\" }", "missing"),
        (
            "{ env = \"PORTICO_NOT_SET\" }",
            "PORTICO_NOT_SET is not set",
        ),
        ("{ vault = \"x\" }", "expected a text"),
    ] {
        let told = with(source).unwrap_err().to_string();
        assert!(told.contains(says), "{source}: {told}");
    }
}

#[test]
fn no_secret_is_ever_shown() {
    let settings = parse(WHOLE).unwrap();
    let shown = format!("{settings:?}");
    assert!(shown.contains("Harbour Clinic"));
    assert!(!shown.contains("an api key") && !shown.contains("a webhook secret"));
    // Not even where the file cannot be read.
    let broken = WHOLE.replace(
        "\"an api key that is long\"",
        "\"an api key that is long\" oops",
    );
    let told = parse(&broken).unwrap_err().to_string();
    assert!(!told.contains("an api key"), "{told}");
    assert!(told.contains("line 23"), "{told}");
}

#[test]
fn the_version_changes_with_what_customers_see() {
    let settings = parse(WHOLE).unwrap();
    let version = settings.version();
    assert_eq!(parse(WHOLE).unwrap().version(), version);
    let mut other = settings.clone();
    other.portal.notices.push("Closed on Monday".to_owned());
    assert_ne!(other.version(), version);
    let mut other = settings;
    other.features.pay = false;
    assert_ne!(other.version(), version);
}
