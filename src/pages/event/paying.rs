//! Which part of an event's money is paid. Pure: how much each part is, and whether it can be
//! paid, is the server's to say.

use api_types::{CheckoutFor, Event, EventId, EventPart, InvoiceId, Money, Payable};

/// What can be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paying {
    event: EventId,
    /// The invoice that the event is on: then that is what is paid.
    invoice: Option<InvoiceId>,
    balance: Payable,
    deposit: Option<Payable>,
}

/// The two parts, where either can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the deposit asks for.
    pub deposit: Money,
    /// What remains after it.
    pub rest: Money,
    /// What the whole asks for.
    pub whole: Money,
}

impl Paying {
    /// What can be paid of an event; `None` where there is nothing to pay at all.
    pub fn of(event: &Event) -> Option<Self> {
        let money = event.event.money.as_ref()?;
        Some(Self {
            event: event.event.id.clone(),
            invoice: money.invoice.as_ref().map(|invoice| invoice.id.clone()),
            balance: event.pay.clone()?,
            deposit: event.pay_deposit.clone(),
        })
    }

    /// The choice between the deposit and the whole; `None` where there is none to make.
    pub fn choice(&self) -> Option<Choice> {
        let deposit = self.deposit.as_ref().filter(|deposit| deposit.allowed)?;
        let rest = self.balance.amount.checked_sub(deposit.amount).ok()?;
        let real = self.balance.allowed && self.invoice.is_none() && rest.is_positive();
        real.then_some(Choice {
            deposit: deposit.amount,
            rest,
            whole: self.balance.amount,
        })
    }

    /// The part that is paid where `wanted` was chosen.
    pub fn part(&self, wanted: EventPart) -> EventPart {
        match &self.deposit {
            Some(_) if self.invoice.is_none() => wanted,
            _ => EventPart::Balance,
        }
    }

    /// What a checkout of that part is for.
    pub fn pays_for(&self, wanted: EventPart) -> CheckoutFor {
        match &self.invoice {
            Some(invoice) => CheckoutFor::Invoice {
                invoice: invoice.clone(),
            },
            None => CheckoutFor::Event {
                event: self.event.clone(),
                part: self.part(wanted),
            },
        }
    }

    /// Whether and how much of it can be paid.
    pub fn payable(&self, wanted: EventPart) -> Payable {
        match (self.part(wanted), &self.deposit) {
            (EventPart::Deposit, Some(deposit)) => deposit.clone(),
            _ => self.balance.clone(),
        }
    }

    /// Whether paying is ahead of an invoice, so that the money is kept.
    pub fn is_ahead(&self) -> bool {
        self.invoice.is_none() && self.balance.allowed
    }
}

#[cfg(test)]
mod tests {
    use api_types::Currency;

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn payable(allowed: bool, minor: i64) -> Payable {
        Payable {
            allowed,
            reason: None,
            amount: euros(minor),
            least: None,
        }
    }

    fn paying(deposit: Option<Payable>, balance: Payable) -> Paying {
        Paying {
            event: EventId::parse("E-1").unwrap(),
            invoice: None,
            balance,
            deposit,
        }
    }

    #[test]
    fn a_deposit_and_the_whole_are_a_choice_with_what_remains() {
        let paying = paying(Some(payable(true, 4000)), payable(true, 14_000));
        let choice = paying.choice().unwrap();
        assert_eq!(choice.rest, euros(10_000));
        let for_part = |part| CheckoutFor::Event {
            event: EventId::parse("E-1").unwrap(),
            part,
        };
        for (part, minor) in [(EventPart::Deposit, 4000), (EventPart::Balance, 14_000)] {
            assert_eq!(paying.pays_for(part), for_part(part));
            assert_eq!(paying.payable(part).amount, euros(minor));
        }
    }

    #[test]
    fn without_a_deposit_or_with_one_that_is_the_whole_there_is_no_choice() {
        for deposit in [None, Some(payable(true, 6500)), Some(payable(false, 0))] {
            assert_eq!(paying(deposit, payable(true, 6500)).choice(), None);
        }
        let locked = paying(Some(payable(true, 4000)), payable(false, 14_000));
        assert_eq!(locked.choice(), None);
    }

    #[test]
    fn a_deposit_that_was_chosen_stays_so_while_it_is_being_paid_and_no_longer() {
        let open = paying(Some(payable(false, 0)), payable(false, 0));
        assert_eq!(open.part(EventPart::Deposit), EventPart::Deposit);
        let paid = paying(None, payable(true, 10_000));
        assert_eq!(paid.part(EventPart::Deposit), EventPart::Balance);
        assert_eq!(paid.payable(EventPart::Deposit).amount, euros(10_000));
    }

    #[test]
    fn an_invoiced_event_is_paid_through_its_invoice() {
        let invoice = InvoiceId::parse("HC-1").unwrap();
        let paying = Paying {
            invoice: Some(invoice.clone()),
            ..paying(Some(payable(true, 4000)), payable(true, 21_960))
        };
        assert_eq!(paying.choice(), None);
        let through = CheckoutFor::Invoice { invoice };
        assert_eq!(paying.pays_for(EventPart::Deposit), through);
        assert_eq!(paying.payable(EventPart::Deposit).amount, euros(21_960));
        assert!(!paying.is_ahead());
    }
}
