//! The program from outside: it is started with credentials in files and in its environment,
//! answers who has them, and stops when it is told to.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use reqwest::StatusCode;

const STRIPE_KEY: &str = "sk_test_program0123456789";
const PAYPAL_CLIENT: &str = "program-client-0123456789";
const PAYPAL_SECRET: &str = "program-secret-0123456789";

/// The program, and the folder of its files. It is killed if a test ends early.
struct Program {
    child: Child,
    folder: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Program {
    /// Starts it on free ports with further arguments. What Stripe needs stands in files, what
    /// PayPal needs in the environment.
    fn start(name: &str, key: &str, further: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.join(name);
            // Editors end files with a line break.
            std::fs::write(&path, format!("{text}\n")).unwrap();
            path
        };
        let child = Command::new(env!("CARGO_BIN_EXE_provider-stand-ins"))
            .args(["--stripe-listen", "127.0.0.1:0"])
            .args(["--paypal-listen", "127.0.0.1:0"])
            .arg("--stripe-secret-key-file")
            .arg(file("key", key))
            .arg("--stripe-webhook-secret-file")
            .arg(file("secret", "whsec_program0123456789"))
            .args(further)
            .env("PAYPAL_STAND_IN_CLIENT_ID", PAYPAL_CLIENT)
            .env("PAYPAL_STAND_IN_CLIENT_SECRET", PAYPAL_SECRET)
            .env("PAYPAL_STAND_IN_WEBHOOK_ID", "3WH98765432109876")
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Reads its log until it says where a stand-in listens.
    fn url(log: &mut impl Iterator<Item = String>, of: &str) -> String {
        let before = format!("the stand-in for {of} listens on ");
        let found = log.find_map(|line| Some(line.split_once(&before)?.1.trim().to_owned()));
        found.expect("it listens")
    }
}

#[tokio::test]
async fn it_serves_both_until_it_is_told_to_stop() {
    let mut program = Program::start("stand-ins-served", STRIPE_KEY, &[]);
    let log = BufReader::new(program.child.stderr.take().unwrap()).lines();
    let mut log = log.map_while(Result::ok);
    let stripe = Program::url(&mut log, "Stripe");
    let paypal = Program::url(&mut log, "PayPal");
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let sessions = format!("{stripe}/v1/checkout/sessions/cs_test_none");
    for (key, expected) in [
        (STRIPE_KEY, StatusCode::NOT_FOUND),
        ("sk_test_another0123456789", StatusCode::UNAUTHORIZED),
    ] {
        let call = http.get(&sessions).bearer_auth(key);
        assert_eq!(call.send().await.unwrap().status(), expected, "{key}");
    }
    for (secret, expected) in [
        (PAYPAL_SECRET, StatusCode::OK),
        ("another-secret-0123456789", StatusCode::UNAUTHORIZED),
    ] {
        let call = http.post(format!("{paypal}/v1/oauth2/token"));
        let call = call.basic_auth(PAYPAL_CLIENT, Some(secret));
        let call = call.form(&[("grant_type", "client_credentials")]);
        assert_eq!(call.send().await.unwrap().status(), expected, "{secret}");
    }
    let stop = Command::new("kill")
        .args(["-TERM", &program.child.id().to_string()])
        .status()
        .unwrap();
    assert!(stop.success());
    assert!(program.child.wait().unwrap().success());
    let rest: Vec<String> = log.collect();
    assert!(rest.last().unwrap().ends_with("stopped"), "{rest:?}");
    let printed = std::io::read_to_string(program.child.stdout.take().unwrap());
    assert_eq!(printed.unwrap(), "");
}

#[test]
fn it_does_not_start_with_what_is_no_credential() {
    for (name, key, further, why) in [
        ("no-key", "pk_test_0123456789", &[][..], "not a secret key"),
        ("empty-key", " ", &[], "--stripe-secret-key: it is empty"),
        (
            "no-file",
            STRIPE_KEY,
            &["--paypal-webhook-id-file", "there/is/none"],
            "there/is/none cannot be read",
        ),
    ] {
        let mut program = Program::start(&format!("stand-ins-{name}"), key, further);
        assert!(!program.child.wait().unwrap().success(), "{name}");
        let log = std::io::read_to_string(program.child.stderr.take().unwrap()).unwrap();
        assert!(log.contains(why), "{name}: {log}");
    }
}
