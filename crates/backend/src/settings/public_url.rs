//! An address that browsers use: its parts as they appear in headers.

use std::fmt;

use url::{Host, Url};

/// What an address looks like, for whoever has written another.
const EXAMPLE: &str = "write it as in https://clinic.example.com/portal";

/// An http or https address without query and fragment, as in
/// `https://clinic.example.com/portal`.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl {
    secure: bool,
    loopback: bool,
    origin: String,
    host: String,
    path: String,
}

impl PublicUrl {
    /// Parses an absolute address.
    ///
    /// # Errors
    /// A sentence that says what is wrong if the text is no address, is neither http nor https, has
    /// a user, a query or a fragment, or names no host.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url =
            Url::parse(text).map_err(|e| format!("`{text}` is not an address: {e}; {EXAMPLE}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!(
                "`{text}` begins with neither https:// nor http://; {EXAMPLE}"
            ));
        }
        let bare = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare {
            return Err(format!(
                "an address here has no user, query or fragment; {EXAMPLE}"
            ));
        }
        Self::from_url(url).ok_or_else(|| format!("`{text}` names no host"))
    }

    /// `http://localhost:PORT`.
    pub fn loopback(port: u16) -> Self {
        Self {
            secure: false,
            loopback: true,
            origin: format!("http://localhost:{port}"),
            host: format!("localhost:{port}"),
            path: String::new(),
        }
    }

    fn from_url(url: Url) -> Option<Self> {
        let name = url.host_str()?;
        // A default port is left out, as browsers do in `Host` and `Origin`.
        let host = match url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        };
        Some(Self {
            origin: format!("{}://{host}", url.scheme()),
            path: url.path().trim_end_matches('/').to_owned(),
            secure: url.scheme() == "https",
            loopback: is_loopback(&url),
            host,
        })
    }

    /// As a browser sends it in `Origin`: `https://clinic.example.com`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// As a browser sends it in `Host`: the port is there unless it is the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path without a slash at its end: empty where the address is a whole host.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address of something below this one; `below` begins with a slash.
    pub fn join(&self, below: &str) -> String {
        format!("{}{}{below}", self.origin, self.path)
    }

    /// Whether it is https.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether only this machine can reach it.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
