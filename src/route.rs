//! The app's addresses: values on one side, URL text on the other, both ways.
//! No other file has path text in it. Pure: it compiles and is tested on the host.

use api_types::{Cursor, InvoiceId};

const SIGN_IN: &str = "sign-in";
const ACCOUNT: &str = "account";
const INVOICES: &str = "invoices";
const PAYMENTS: &str = "payments";

const NEXT: &str = "next";
const CURSOR: &str = "cursor";
const OUTSTANDING: &str = "outstanding";

/// A screen, and what its address says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Home,
    /// `/sign-in`, with where to go afterwards.
    SignIn {
        /// The address that was asked for; only ever one of the app's own.
        next: Option<Box<Route>>,
    },
    /// `/account`: Event Balance.
    Account,
    /// `/invoices`
    Invoices {
        /// Only those on which something remains.
        outstanding: bool,
        /// Which page of the list.
        cursor: Option<Cursor>,
    },
    /// `/invoices/:id`
    Invoice(InvoiceId),
    /// `/payments`
    Payments {
        /// Which page of the list.
        cursor: Option<Cursor>,
    },
}

impl Route {
    /// All invoices, from the newest on.
    pub const ALL_INVOICES: Self = Self::Invoices {
        outstanding: false,
        cursor: None,
    };
    /// All payments, from the newest on.
    pub const ALL_PAYMENTS: Self = Self::Payments { cursor: None };

    /// The address, relative to the page's base: links with it work wherever
    /// the portal is served. Home is `.`, since an empty link means "here".
    pub fn href(&self) -> String {
        match self.path() {
            path if path.is_empty() => ".".to_owned(),
            path => path,
        }
    }

    /// The address for the router, from its own root.
    pub fn absolute(&self) -> String {
        format!("/{}", self.path())
    }

    fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::SignIn { next } => {
                let next = next.as_ref().map(|route| route.absolute());
                with_query(SIGN_IN.to_owned(), &[(NEXT, next)])
            }
            Self::Account => ACCOUNT.to_owned(),
            Self::Invoices {
                outstanding,
                cursor,
            } => with_query(
                INVOICES.to_owned(),
                &[
                    (OUTSTANDING, outstanding.then(|| "true".to_owned())),
                    (CURSOR, cursor.as_ref().map(|cursor| cursor.0.clone())),
                ],
            ),
            Self::Invoice(id) => format!("{INVOICES}/{id}"),
            Self::Payments { cursor } => with_query(
                PAYMENTS.to_owned(),
                &[(CURSOR, cursor.as_ref().map(|cursor| cursor.0.clone()))],
            ),
        }
    }

    /// Reads an address below the base: a path, and a query with or without its
    /// `?`. `None` is an address that the app does not have.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let asked = |name: &str| value_of(query, name);
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        let cursor = || asked(CURSOR).map(Cursor);
        match segments.as_slice() {
            [] => Some(Self::Home),
            [SIGN_IN] => Some(Self::SignIn {
                next: asked(NEXT).and_then(|next| own(&next)),
            }),
            [ACCOUNT] => Some(Self::Account),
            [INVOICES] => Some(Self::Invoices {
                outstanding: asked(OUTSTANDING).as_deref() == Some("true"),
                cursor: cursor(),
            }),
            [INVOICES, id] => InvoiceId::parse(id).ok().map(Self::Invoice),
            [PAYMENTS] => Some(Self::Payments { cursor: cursor() }),
            _ => None,
        }
    }
}

/// An address to go to after signing in. Anything but a path of our own is
/// dropped, so that a link cannot send a customer elsewhere (OWASP ASVS 3.7.2).
fn own(address: &str) -> Option<Box<Route>> {
    let address = address.strip_prefix('/')?;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    match Route::parse(path, query)? {
        Route::SignIn { .. } => None,
        route => Some(Box::new(route)),
    }
}

fn with_query(path: String, pairs: &[(&str, Option<String>)]) -> String {
    let present = pairs
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let query: Vec<String> = present
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

fn value_of(query: &str, name: &str) -> Option<String> {
    let pairs = query.strip_prefix('?').unwrap_or(query).split('&');
    let mut named = pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| *key == name);
    named
        .next()
        .map(|(_, value)| unescape(value))
        .filter(|value| !value.is_empty())
}

fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let decoded = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, decoded) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_kind() -> Vec<Route> {
        let invoice = Route::Invoice(InvoiceId::parse("INV-2041").unwrap());
        let cursor = Some(Cursor("a+b/=&é".to_owned()));
        vec![
            Route::Home,
            Route::Account,
            Route::ALL_INVOICES,
            Route::Invoices {
                outstanding: true,
                cursor: cursor.clone(),
            },
            invoice.clone(),
            Route::ALL_PAYMENTS,
            Route::Payments { cursor },
            Route::SignIn { next: None },
            Route::SignIn {
                next: Some(Box::new(invoice)),
            },
            Route::SignIn {
                next: Some(Box::new(Route::Home)),
            },
        ]
    }

    #[test]
    fn every_route_is_read_back_from_its_address() {
        for route in every_kind() {
            let address = route.absolute();
            let (path, query) = address.split_once('?').unwrap_or((&address, ""));
            assert_eq!(Route::parse(path, query), Some(route), "{address}");
        }
    }

    #[test]
    fn addresses_are_relative_to_the_base() {
        assert_eq!(Route::Home.href(), ".");
        assert_eq!(
            Route::Invoice(InvoiceId::parse("a").unwrap()).href(),
            "invoices/a"
        );
        assert_eq!(Route::Account.absolute(), "/account");
    }

    #[test]
    fn signing_in_leads_nowhere_but_into_the_app() {
        for next in [
            "https://evil.example/",
            "//evil.example/account",
            "/\\evil.example",
            "javascript:alert(1)",
            "/sign-in",
            "/nowhere",
            "account",
        ] {
            let query = format!("next={}", escape(next));
            assert_eq!(
                Route::parse(SIGN_IN, &query),
                Some(Route::SignIn { next: None }),
                "{next}"
            );
        }
    }

    #[test]
    fn an_address_that_the_app_does_not_have_is_none() {
        for path in ["/nowhere", "/invoices/a/b", "/invoices/..", "/account/x"] {
            assert_eq!(Route::parse(path, ""), None, "{path}");
        }
    }
}
