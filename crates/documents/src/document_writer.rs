//! What writes a document's words, figures and days, each as the screen has them.

use api_types::{
    Currency, Day, Detail, MethodKind, Money, PaidBy, Party, PaymentStatus, Timestamp, UnitPrice,
};
use icu_locale_core::Locale;
use words::{Template, Text, key};

use crate::Error;
use crate::dates::Dates;
use crate::figures::Figures;
use crate::render_context::RenderContext;
use crate::sheet::{Fact, Masthead, PartyBlock, Sheet, Sum, Weight};
use crate::typeset;

/// Writes in the language of the [`RenderContext`].
pub(crate) struct DocumentWriter<'a> {
    context: &'a RenderContext,
    locale: Locale,
    figures: Figures,
    dates: Dates,
}

/// Who gives a document, and who gets it.
pub(crate) struct Between<'a> {
    /// The word over the seller.
    pub(crate) from: Text,
    pub(crate) seller: &'a Party,
    pub(crate) customer: &'a Party,
    /// The word over the customer.
    pub(crate) to: Text,
}

impl<'a> DocumentWriter<'a> {
    pub(crate) fn new(context: &'a RenderContext) -> Self {
        // A tag that is none is the root: figures and dates that anyone can read.
        let locale: Locale = context.tag.parse().unwrap_or(Locale::UNKNOWN);
        Self {
            figures: Figures::new(&locale),
            dates: Dates::new(&locale, &context.zone),
            locale,
            context,
        }
    }

    pub(crate) fn t(&self, key: Text) -> String {
        self.context.words.get(key)
    }

    pub(crate) fn fill<const N: usize>(
        &self,
        key: Template<N>,
        values: [(&str, &str); N],
    ) -> String {
        self.context.words.fill(key, values)
    }

    pub(crate) fn money(&self, money: Money) -> String {
        self.figures.money(money)
    }

    pub(crate) fn unit_price(&self, price: UnitPrice) -> String {
        self.figures.unit_price(price)
    }

    /// A number, given as plain decimal text, as it is written beside amounts of a currency.
    pub(crate) fn number(&self, plain: &str, currency: Currency) -> String {
        self.figures.number(plain, currency)
    }

    pub(crate) fn day(&self, day: Day) -> String {
        self.dates.day(day)
    }

    pub(crate) fn instant(&self, at: Timestamp) -> String {
        self.dates.instant(at)
    }

    pub(crate) fn fact(&self, label: Text, value: impl Into<String>) -> Fact {
        Fact {
            label: self.t(label),
            value: value.into(),
        }
    }

    pub(crate) fn sum(&self, label: Text, amount: Money, weight: Weight) -> Sum {
        Sum {
            label: self.t(label),
            value: self.money(amount),
            weight,
        }
    }

    /// The state of a payment.
    pub(crate) fn payment_status(&self, status: PaymentStatus) -> String {
        self.t(match status {
            PaymentStatus::Completed => key::payments::STATUS_COMPLETED,
            PaymentStatus::Cancelled => key::payments::STATUS_CANCELLED,
            PaymentStatus::Pending => key::payments::STATUS_PENDING,
            _ => key::payments::STATUS_UNKNOWN,
        })
    }

    /// How something was paid.
    pub(crate) fn method(&self, by: &PaidBy) -> String {
        let method = match (&by.label, by.kind) {
            (Some(label), _) => label.clone(),
            (None, MethodKind::Card) => self.t(key::checkout::METHOD_CARD),
            (None, MethodKind::Wallet) => self.t(key::checkout::METHOD_WALLET),
            (None, MethodKind::BankTransfer) => self.t(key::checkout::METHOD_BANK_TRANSFER),
            (None, _) => self.t(key::checkout::METHOD_OTHER),
        };
        let Some(option) = &by.option else {
            return method;
        };
        let values = [("method", method.as_str()), ("option", option)];
        self.fill(key::documents::PAID_BY_OPTION, values)
    }

    /// A sheet with what every document has; the rest is to be put in.
    pub(crate) fn sheet(
        &self,
        heading: String,
        title: &str,
        between: &Between<'_>,
        at: Timestamp,
    ) -> Sheet {
        let context = self.context;
        let values = [("document", title), ("provider", &context.provider)];
        Sheet {
            lang: self.locale.id.language.to_string(),
            region: self.locale.id.region.map(|region| region.to_string()),
            title: self.fill(key::documents::TITLE, values),
            brand: context.brand.clone(),
            provider: Masthead {
                name: context.provider.clone(),
                logo: context.logo.as_ref().map(|_| typeset::LOGO),
                lines: context.contact.clone(),
            },
            heading,
            subtitle: None,
            badge: None,
            parties: vec![
                self.party(between.from, between.seller),
                self.party(between.to, between.customer),
            ],
            facts: Vec::new(),
            parts: Vec::new(),
            details: None,
            note: None,
            as_of: self.fill(key::common::AS_OF, [("when", &self.instant(at))]),
            // The numbers are known only when the pages are.
            page: self.fill(
                key::documents::PAGE,
                [("page", "{page}"), ("pages", "{pages}")],
            ),
        }
    }

    fn party(&self, label: Text, party: &Party) -> PartyBlock {
        let tax_number = party
            .tax_number
            .as_ref()
            .map(|number| self.fill(key::invoices::TAX_NUMBER, [("number", number)]));
        let lines = party.address.iter().cloned().chain(tax_number);
        let reach = [&party.email, &party.phone].into_iter().flatten();
        // What the head of the page says already is not said again.
        let reach = reach.filter(|line| !self.context.contact.contains(line));
        PartyBlock {
            label: self.t(label),
            name: party.name.clone(),
            lines: lines.chain(reach.cloned()).collect(),
        }
    }

    /// The sheet as PDF, true at an instant.
    pub(crate) fn finish(&self, sheet: &Sheet, at: Timestamp) -> Result<Vec<u8>, Error> {
        let context = self.context;
        typeset::typeset(sheet, context.logo.as_ref(), &context.fonts, at)
    }
}

/// What the provider says, name by name.
pub(crate) fn said(details: &[Detail]) -> Vec<Fact> {
    let fact = |detail: &Detail| Fact {
        label: detail.label.clone(),
        value: detail.value.clone(),
    };
    details.iter().map(fact).collect()
}

/// Makes an empty document and throws it away, to see whether the provider's logo is a picture that
/// can be read.
///
/// # Errors
/// [`Error`] if the document cannot be laid out or written, e.g. because the provider's logo is not
/// a picture that can be read.
pub fn check_render(context: &RenderContext) -> Result<(), Error> {
    let nobody = Party {
        name: String::new(),
        address: Vec::new(),
        tax_number: None,
        email: None,
        phone: None,
    };
    let between = Between {
        from: key::invoices::FROM,
        seller: &nobody,
        customer: &nobody,
        to: key::invoices::BILLED_TO,
    };
    // Any instant will do: the document is thrown away.
    let at = Timestamp::from_millis(0).ok_or_else(|| Error("there is no 1970".to_owned()))?;
    let writer = DocumentWriter::new(context);
    let sheet = writer.sheet(context.provider.clone(), &context.provider, &between, at);
    writer.finish(&sheet, at).map(drop)
}
