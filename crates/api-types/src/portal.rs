//! The provider's settings that the portal shows before anyone signs in.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{Currency, MethodId};

/// `GET /portal`: whose portal it is, and what is switched on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portal {
    /// The provider's name.
    pub name: String,
    /// The provider's own BCP 47 language tags, the first being the default.
    pub locales: Vec<String>,
    /// The portal's IANA time zone: days begin and end by it.
    pub time_zone: String,
    /// The currencies that accounts are kept in.
    pub currencies: Vec<Currency>,
    /// How to reach the provider.
    pub support: Support,
    /// Where the legal texts stand.
    pub legal: LegalLinks,
    /// Plain-text notices for everyone.
    pub notices: Vec<String>,
    /// What is switched on.
    pub features: Features,
    /// The ways to pay, in the order to offer them.
    pub methods: Vec<PaymentMethod>,
    /// The money is not real: every screen says so.
    pub test_mode: bool,
}

/// How to reach the provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A page.
    pub url: Option<String>,
}

/// Where the legal texts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalLinks {
    /// `Privacy Policy`
    pub privacy: Option<String>,
    /// `Terms of Use`
    pub terms: Option<String>,
}

/// What is switched on. What is off is refused by the API too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Features {
    /// Paying at all.
    pub pay: bool,
    /// Server push (`GET /stream`).
    pub push: bool,
}

words! {
    /// What kind of thing a payment method is; it decides the words and the icon.
    MethodKind {
        /// A payment card, entered at the payment provider.
        Card = "card",
    }
}

/// A way to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentMethod {
    /// Named in [`crate::CreateCheckout`].
    pub id: MethodId,
    /// What kind of thing it is.
    pub kind: MethodKind,
    /// The provider's own name for it, if the kind's word does not do.
    pub label: Option<String>,
    /// The currencies it takes.
    pub currencies: Vec<Currency>,
    /// The host that the window goes to, said before leaving (OWASP ASVS 3.7.3).
    pub pay_host: String,
}
