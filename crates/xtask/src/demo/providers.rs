//! What `--providers` adds to the demo: the portal's gateways to Stripe and PayPal, at stand-ins
//! for the two on this machine.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::ports::{Ports, ProviderPorts};
use super::settings::Home;

/// The methods and gateways that the settings get.
const TEMPLATE: &str = include_str!("providers.toml");

/// The ids of the two gateways in the settings, by which their notifications are addressed.
const STRIPE: &str = "clinic-cards";
const PAYPAL: &str = "clinic-paypal";

/// A credential between the portal and a stand-in.
struct Credential {
    /// Its file in the data folder, and the option of the stand-ins for it.
    name: &'static str,
    /// What the provider's own begin with.
    prefix: &'static str,
    /// How many random bytes follow.
    bytes: usize,
}

const CREDENTIALS: [Credential; 5] = [
    Credential {
        name: "stripe-secret-key",
        prefix: "sk_test_",
        bytes: 32,
    },
    Credential {
        name: "stripe-webhook-secret",
        prefix: "whsec_",
        bytes: 32,
    },
    Credential {
        name: "paypal-client-id",
        prefix: "",
        bytes: 32,
    },
    Credential {
        name: "paypal-client-secret",
        prefix: "",
        bytes: 32,
    },
    Credential {
        name: "paypal-webhook-id",
        prefix: "",
        // PayPal reads up to 50 characters.
        bytes: 16,
    },
];

/// Makes the credentials that there are none of yet, and returns what the settings get; nothing if
/// the demo has no stand-ins.
///
/// # Errors
/// The system gives no random bytes, or a file cannot be written.
pub fn prepare(home: &Home, ports: &Ports) -> Result<String> {
    let Some(ports) = ports.providers else {
        return Ok(String::new());
    };
    for Credential {
        name,
        prefix,
        bytes,
    } in &CREDENTIALS
    {
        home.random_text(name, prefix, *bytes)?;
    }
    Ok(TEMPLATE
        .replace("{stripe_port}", &ports.stripe.to_string())
        .replace("{paypal_port}", &ports.paypal.to_string()))
}

/// How the stand-ins are started for a portal, with the credentials in the data folder.
pub fn command(program: &Path, home: &Home, portal: u16, ports: ProviderPorts) -> Command {
    let mut command = Command::new(program);
    for (provider, port, gateway) in [
        ("stripe", ports.stripe, STRIPE),
        ("paypal", ports.paypal, PAYPAL),
    ] {
        let webhook = format!("http://localhost:{portal}/api/v1/webhooks/{gateway}");
        command
            .args([format!("--{provider}-listen"), format!("127.0.0.1:{port}")])
            .args([format!("--{provider}-webhook-url"), webhook]);
    }
    for Credential { name, .. } in &CREDENTIALS {
        command.arg(format!("--{name}-file")).arg(home.file(name));
    }
    command
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::paths::Paths;

    const AT: ProviderPorts = ProviderPorts {
        stripe: 3,
        paypal: 4,
    };

    /// A data folder of its own, which goes away with this value.
    struct Folder(Home);

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(self.0.folder());
        }
    }

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("xtask-providers-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            Self(Home::open(&paths(), Some(&folder)).unwrap())
        }

        /// Writes the settings as the demo does, and reads them.
        fn settings(&self, providers: Option<ProviderPorts>) -> String {
            let ports = Ports {
                portal: 1,
                gateway: 2,
                providers,
            };
            let further = prepare(&self.0, &ports).unwrap();
            self.0.write_settings(&paths(), &ports, &further).unwrap();
            fs::read_to_string(self.0.settings()).unwrap()
        }

        /// The names of the files that there are besides the settings.
        fn secrets(&self) -> Vec<String> {
            let files = fs::read_dir(self.0.folder()).unwrap();
            let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name != "settings.toml").collect()
        }
    }

    fn paths() -> Paths {
        let root = PathBuf::from("/somewhere");
        Paths {
            target: root.join("target"),
            cache: root.join("cache"),
            root,
        }
    }

    fn texts(settings: &toml::Table, of: &str, key: &str) -> Vec<String> {
        let all = settings[of].as_array().unwrap().iter();
        let named = all.filter_map(|one| one.get(key)?.as_str());
        named.map(str::to_owned).collect()
    }

    #[test]
    fn without_stand_ins_nothing_is_added() {
        let folder = Folder::new("without");
        let without = folder.settings(None);
        assert_eq!(folder.secrets().len(), 2);
        let with = folder.settings(Some(AT));
        assert_eq!(folder.secrets().len(), 2 + CREDENTIALS.len());
        let added = with.strip_prefix(&without).unwrap();
        assert!(added.contains(STRIPE) && added.contains(PAYPAL), "{added}");
        assert!(!without.contains(STRIPE) && !without.contains(PAYPAL));
        assert_eq!(folder.settings(None), without);
    }

    #[test]
    fn the_settings_name_every_way_to_pay_and_hold_no_secret() {
        let folder = Folder::new("with");
        let text = folder.settings(Some(AT));
        for name in folder.secrets() {
            let secret = fs::read_to_string(folder.0.file(&name)).unwrap();
            assert!(secret.len() >= 16 && !text.contains(&secret), "{name}");
        }
        let settings: toml::Table = toml::from_str(&text).unwrap();
        let methods = [
            "card",
            "express",
            "wallet",
            "transfer",
            "card-stripe",
            "debit",
            "paypal",
        ];
        assert_eq!(texts(&settings, "methods", "id"), methods);
        let gateways = texts(&settings, "gateways", "id");
        assert_eq!(gateways, ["sandbox", STRIPE, PAYPAL]);
        assert_eq!(
            texts(&settings, "gateways", "kind"),
            ["sandbox", "stripe", "paypal"]
        );
        assert_eq!(
            texts(&settings, "gateways", "url")[1..],
            ["http://127.0.0.1:3", "http://127.0.0.1:4"]
        );
        for gateway in texts(&settings, "methods", "gateway") {
            assert!(gateways.contains(&gateway), "{gateway}");
        }
        let taken = settings["portal"]["currencies"].as_array().unwrap();
        let all = settings["methods"].as_array().unwrap();
        let named = all.iter().filter_map(|one| one.get("currencies"));
        for currency in named.flat_map(|named| named.as_array().unwrap()) {
            assert!(taken.contains(currency), "{currency:?}");
        }
        let paypal = all.last().unwrap()["currencies"].as_array().unwrap();
        let dinar = paypal.iter().any(|code| code.as_str() == Some("KWD"));
        assert!(!dinar, "PayPal takes no dinars");
    }

    #[test]
    fn the_stand_ins_get_the_credentials_that_the_settings_name_and_show_none() {
        let folder = Folder::new("command");
        let settings: toml::Table = toml::from_str(&folder.settings(Some(AT))).unwrap();
        let command = command(Path::new("stand-ins"), &folder.0, 1, AT);
        let arguments = command
            .get_args()
            .map(|argument| argument.to_str().unwrap());
        let arguments: Vec<&str> = arguments.collect();
        for id in [STRIPE, PAYPAL] {
            let webhook = format!("http://localhost:1/api/v1/webhooks/{id}");
            assert!(arguments.contains(&webhook.as_str()), "{arguments:?}");
        }
        let mut named: Vec<&str> = settings["gateways"].as_array().unwrap()[1..]
            .iter()
            .flat_map(|gateway| gateway["credentials"].as_table().unwrap().values())
            .map(|from| from["file"].as_str().unwrap())
            .collect();
        named.sort_unstable();
        let mut made = CREDENTIALS.map(|credential| credential.name);
        made.sort_unstable();
        assert_eq!(named, made);
        for Credential { name, prefix, .. } in &CREDENTIALS {
            let file = folder.0.file(name);
            let option = format!("--{name}-file");
            let pair = [option.as_str(), file.to_str().unwrap()];
            assert!(arguments.windows(2).any(|two| two == pair), "{arguments:?}");
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.starts_with(prefix), "{name}");
            assert!(!arguments.contains(&text.as_str()), "{name}");
        }
    }
}
