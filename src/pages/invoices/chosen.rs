//! The invoices that are ticked to be paid together. Pure: only the server says
//! what can be paid and how much; what is added up here is within one currency,
//! and the server refuses a sum that is not its own.

use std::collections::{BTreeMap, BTreeSet};

use api_types::{CheckoutFor, Currency, InvoiceId, InvoiceSummary, Money, Payable};

/// How many invoices one checkout takes at most.
pub const MOST: usize = CheckoutFor::MOST_INVOICES;

/// What could be paid of each invoice that has been on screen, by its id.
pub type Seen = BTreeMap<String, (InvoiceId, Money)>;

/// Takes in what a page of the list says.
pub fn see(seen: &mut Seen, page: &[InvoiceSummary]) {
    for invoice in page {
        let key = invoice.id.to_string();
        if invoice.pay.allowed {
            seen.insert(key, (invoice.id.clone(), invoice.pay.amount));
        } else {
            seen.remove(&key);
        }
    }
}

/// Why an invoice cannot be paid together with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTogether {
    /// The others are in this currency.
    Currency(Currency),
    /// There are as many as one payment takes.
    TooMany,
    /// The sum would be too large to be written down.
    TooLarge,
}

/// The invoices that are paid together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which.
    pub invoices: Vec<InvoiceId>,
    /// What they come to.
    pub total: Money,
}

impl Chosen {
    /// What their checkout is for.
    pub fn pays_for(&self) -> CheckoutFor {
        match self.invoices.as_slice() {
            [one] => CheckoutFor::Invoice {
                invoice: one.clone(),
            },
            several => CheckoutFor::Invoices {
                invoices: several.to_vec(),
            },
        }
    }

    /// That all of it can be paid.
    pub fn payable(&self) -> Payable {
        Payable {
            allowed: true,
            reason: None,
            amount: self.total,
            least: None,
        }
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.invoices.len()).unwrap_or(u32::MAX)
    }
}

/// What of the ticked rows stays ticked, what it comes to, and why some of it
/// could not stay. What was ticked before goes first: the newest tick gives way.
pub fn settle(
    before: &BTreeSet<String>,
    ticked: &BTreeSet<String>,
    seen: &Seen,
) -> (BTreeSet<String>, Option<Chosen>, Option<NotTogether>) {
    let older = ticked.intersection(before);
    let newer = ticked.difference(before);
    let mut kept = BTreeSet::new();
    let mut chosen: Option<Chosen> = None;
    let mut refused = None;
    for key in older.chain(newer) {
        // One that can no longer be paid is gone without a word: the row says why.
        let Some((id, amount)) = seen.get(key) else {
            continue;
        };
        match with(chosen.as_ref(), id, *amount) {
            Ok(more) => {
                kept.insert(key.clone());
                chosen = Some(more);
            }
            Err(why) => refused = Some(why),
        }
    }
    (kept, chosen, refused)
}

fn with(chosen: Option<&Chosen>, id: &InvoiceId, amount: Money) -> Result<Chosen, NotTogether> {
    let Some(chosen) = chosen else {
        return Ok(Chosen {
            invoices: vec![id.clone()],
            total: amount,
        });
    };
    if chosen.total.currency() != amount.currency() {
        return Err(NotTogether::Currency(chosen.total.currency()));
    }
    if chosen.invoices.len() >= MOST {
        return Err(NotTogether::TooMany);
    }
    let total = chosen.total.checked_add(amount);
    let mut invoices = chosen.invoices.clone();
    invoices.push(id.clone());
    Ok(Chosen {
        invoices,
        total: total.map_err(|_| NotTogether::TooLarge)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(rows: &[(&str, i64, &str)]) -> Seen {
        let row = |(id, minor, code): &(&str, i64, &str)| {
            let amount = Money::from_minor(*minor, Currency::parse(code).unwrap());
            let id = InvoiceId::parse(id).unwrap();
            (id.to_string(), (id, amount))
        };
        rows.iter().map(row).collect()
    }

    fn keys(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn what_is_ticked_is_added_up_within_its_currency() {
        let seen = seen(&[("a", 1050, "EUR"), ("b", 250, "EUR")]);
        let (kept, chosen, refused) = settle(&keys(&[]), &keys(&["a", "b"]), &seen);
        let chosen = chosen.unwrap();
        assert_eq!((kept, refused), (keys(&["a", "b"]), None));
        assert_eq!(chosen.total.amount_text(), "13.00");
        assert_eq!(chosen.count(), 2);
        assert!(
            matches!(chosen.pays_for(), CheckoutFor::Invoices { invoices } if invoices.len() == 2)
        );
    }

    #[test]
    fn one_alone_is_paid_as_that_invoice() {
        let seen = seen(&[("a", 1050, "EUR")]);
        let (_, chosen, _) = settle(&keys(&[]), &keys(&["a"]), &seen);
        let alone = chosen.unwrap().pays_for();
        assert!(matches!(alone, CheckoutFor::Invoice { invoice } if invoice.as_str() == "a"));
    }

    #[test]
    fn a_tick_in_another_currency_gives_way_to_those_before() {
        let seen = seen(&[("a", 100, "PHP"), ("b", 250, "EUR")]);
        let (kept, chosen, refused) = settle(&keys(&["b"]), &keys(&["a", "b"]), &seen);
        let euro = Currency::parse("EUR").unwrap();
        assert_eq!(kept, keys(&["b"]));
        assert_eq!(refused, Some(NotTogether::Currency(euro)));
        assert_eq!(chosen.unwrap().total.currency(), euro);
    }

    #[test]
    fn no_more_than_one_checkout_takes_are_kept() {
        let names: Vec<String> = (0..=MOST).map(|n| format!("i{n:02}")).collect();
        let rows: Vec<_> = names.iter().map(|name| (name.as_str(), 1, "EUR")).collect();
        let all: BTreeSet<String> = names.iter().cloned().collect();
        let (kept, chosen, refused) = settle(&keys(&[]), &all, &seen(&rows));
        assert_eq!(kept.len(), MOST);
        assert_eq!(chosen.unwrap().invoices.len(), MOST);
        assert_eq!(refused, Some(NotTogether::TooMany));
    }

    #[test]
    fn a_sum_that_cannot_be_written_down_is_refused() {
        let seen = seen(&[("a", i64::MAX, "EUR"), ("b", 1, "EUR")]);
        let (kept, _, refused) = settle(&keys(&[]), &keys(&["a", "b"]), &seen);
        assert_eq!((kept.len(), refused), (1, Some(NotTogether::TooLarge)));
    }

    #[test]
    fn what_can_no_longer_be_paid_is_ticked_no_longer() {
        let (kept, chosen, refused) = settle(&keys(&["a"]), &keys(&["a"]), &seen(&[]));
        assert_eq!((kept, chosen, refused), (keys(&[]), None, None));
    }
}
