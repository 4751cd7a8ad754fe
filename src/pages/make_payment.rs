//! `/payments/new`: `Make Payment`, one form for every way to pay.

use api_types::{CheckoutFor, Currency, Money, PaymentMethod};
use leptos::prelude::*;

use crate::components::{
    Card, Choice, EmptyState, Glyph, Look, MoneyField, PageHeading, PayButton, PayNotice,
    SelectField, Skeleton, SkeletonOf, focus_field,
};
use crate::i18n::{MoneyEntryError, fill, key, money_entry_text, t};
use crate::parts::{CheckoutPanels, PayVia, Via, bounds_words, intent, methods_in, offer, terms};
use crate::route::{PaymentChoice, Route};
use crate::state::{use_checkouts, use_portal, use_route, use_title};

const AMOUNT: &str = "payment-amount";
const BUTTON: &str = "make-payment";

/// The form. What is chosen stays whatever happens.
#[component]
pub fn MakePaymentPage() -> impl IntoView {
    let portal = use_portal();
    use_title(|| t(key::make_payment::TITLE));
    let form = move || {
        if !portal.of(|_| true) {
            return view! { <Skeleton of=SkeletonOf::Pay /> }.into_any();
        }
        if methods_in(portal, None).is_empty() {
            let name = portal.of(|portal| portal.name.clone());
            return view! {
                <EmptyState
                    title=t(key::make_payment::NONE_TITLE)
                    body=fill(key::invoices::REASON_NO_METHOD, [("portal", &name)])
                    glyph=Glyph::Payments
                />
            }
            .into_any();
        }
        view! { <PaymentForm /> }.into_any()
    };
    view! {
        <a class="back_link" href=Route::all_payments().href()>
            {t(key::common::NAV_PAYMENTS)}
        </a>
        <PageHeading text=t(key::make_payment::TITLE) />
        <CheckoutPanels />
        <div class="make_payment">{form}</div>
    }
    .into_any()
}

/// The currencies to choose from with a method.
fn currencies_of(method: Option<&PaymentMethod>) -> Vec<Currency> {
    method
        .map(|method| method.currencies.clone())
        .unwrap_or_default()
}

/// The chosen currency where the method takes it, else the method's first.
fn currency_of(method: Option<&PaymentMethod>, wanted: Option<Currency>) -> Option<Currency> {
    let known = currencies_of(method);
    wanted
        .filter(|wanted| known.contains(wanted))
        .or(known.first().copied())
}

#[component]
fn PaymentForm() -> impl IntoView {
    let portal = use_portal();
    let choice = match use_route().get_untracked() {
        Some(Route::MakePayment(choice)) => choice,
        _ => PaymentChoice::default(),
    };
    let via = Via::new(choice.via);
    let wanted_amount = choice.amount;
    let wanted = RwSignal::new(choice.currency);
    let methods = Memo::new(move |_| via.methods(portal, None, wanted_amount));
    let method = Memo::new(move |_| methods.with(|methods| via.of(methods)));
    let currency =
        Memo::new(move |_| method.with(|method| currency_of(method.as_ref(), wanted.get())));
    let choices = move || {
        let known = method.with(|method| currencies_of(method.as_ref()));
        let choice = |currency: &Currency| Choice::new(currency.code(), currency.code());
        known.iter().map(choice).collect::<Vec<_>>()
    };
    let locked = move || method.with(|method| currencies_of(method.as_ref()).len() < 2);
    let chosen = move || currency.get().map(|currency| currency.code().to_owned());
    // There is a method, or the form would not be here; a method has a currency.
    let amount = move || {
        currency.get().map(|_| {
            view! { <Payment via=via method=method currency=currency wanted=wanted_amount /> }
        })
    };
    view! {
        <Card title=t(key::make_payment::CARD) id="payment">
            <form class="make_payment__form" novalidate=true on:submit=|event| event.prevent_default()>
                <PayVia via=via methods=methods id=BUTTON always=true />
                <SelectField
                    label=t(key::make_payment::CURRENCY)
                    name="payment-currency"
                    choices=Signal::derive(choices)
                    value=Signal::derive(move || chosen().unwrap_or_default())
                    locked=Signal::derive(locked)
                    on_change=Callback::new(move |code: String| {
                        wanted.set(Currency::parse(&code).ok());
                    })
                />
                {amount}
            </form>
        </Card>
    }
}

/// The amount, what it comes to, and the buttons.
#[component]
fn Payment(
    via: Via,
    method: Memo<Option<PaymentMethod>>,
    currency: Memo<Option<Currency>>,
    /// The amount that the address asks for.
    wanted: Option<Money>,
) -> impl IntoView {
    let (checkouts, portal) = (use_checkouts(), use_portal());
    let first = currency.get_untracked();
    let currency = Memo::new(move |before: Option<&Option<Currency>>| {
        currency.get().or(before.copied().flatten()).or(first)
    });
    let wanted = wanted.filter(|wanted| Some(wanted.currency()) == first);
    let text = RwSignal::new(wanted.map(money_entry_text).unwrap_or_default());
    let entry = RwSignal::new(Err(MoneyEntryError::Empty));
    let tried = RwSignal::new(false);
    let offered = Memo::new(move |_| {
        let amount: Money = entry.get().ok()?;
        let option = via.option.get();
        Some(if amount.is_positive() {
            method
                .with(|method| offer(method.as_ref(), option.as_ref(), amount))
                .map_err(Some)
        } else {
            Err(None)
        })
    });
    let wrong = move || {
        let refused = offered.get()?.err()?;
        Some(match refused {
            Some(refused) => portal
                .of(|portal| method.with(|method| refused.words(method.as_ref(), &portal.name))),
            None => t(key::make_payment::NOTHING),
        })
    };
    let bounds = move || {
        let like = Money::zero(currency.get()?);
        method.with(|method| bounds_words(method.as_ref()?, like))
    };
    let ready = Memo::new(move |_| offered.get().and_then(Result::ok));
    let press = move |()| {
        tried.set(true);
        let (Some(offer), Ok(amount)) = (ready.get_untracked(), entry.get_untracked()) else {
            focus_field(AMOUNT);
            return;
        };
        checkouts.start(intent(offer, CheckoutFor::Account { amount }, BUTTON));
    };
    let shown = Memo::new(move |_| {
        let what = t(key::checkout::NOTICE_WHAT_ACCOUNT);
        Some(terms(portal, ready.get()?, what))
    });
    let total = move || ready.with(|ready| ready.as_ref().map(|offer| offer.total));
    let field = move || {
        let currency = currency.get()?;
        Some(view! {
            <MoneyField
                label=t(key::checkout::AMOUNT)
                name=AMOUNT
                value=text
                currency=Signal::stored(currency)
                on_entry=Callback::new(move |read| entry.set(read))
                tried=tried
                hint=bounds().unwrap_or_default()
                error=Signal::derive(wrong)
            />
        })
    };
    view! {
        {field}
        <p class="make_payment__note">{t(key::make_payment::WHERE_IT_GOES)}</p>
        {move || shown.get().map(|terms| view! { <PayNotice terms=Signal::stored(terms) /> })}
        <div class="make_payment__actions">
            <PayButton
                label=t(key::make_payment::PAY)
                amount=Signal::derive(total)
                id=BUTTON
                on_press=Callback::new(press)
            />
            <a class=Look::Plain.class() href=Route::all_payments().href()>
                {t(key::make_payment::CANCEL)}
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use api_types::{MethodId, MethodKind};

    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn method(codes: &[&str]) -> PaymentMethod {
        PaymentMethod {
            id: MethodId::parse("card").unwrap(),
            kind: MethodKind::Card,
            label: None,
            currencies: codes.iter().map(|code| currency(code)).collect(),
            terms: vec![],
            surcharge_percent: None,
            options: vec![],
            instructions: vec![],
            settles_days: None,
            pay_host: String::new(),
        }
    }

    #[test]
    fn a_currency_that_the_method_does_not_take_gives_way_to_its_own() {
        for (codes, wanted, chosen) in [
            (vec!["EUR", "JPY"], None, Some("EUR")),
            (vec!["EUR", "JPY"], Some("JPY"), Some("JPY")),
            (vec!["PHP"], Some("JPY"), Some("PHP")),
            (vec![], Some("JPY"), None),
        ] {
            let found = currency_of(Some(&method(&codes)), wanted.map(currency));
            assert_eq!(found, chosen.map(currency), "{codes:?} {wanted:?}");
        }
        assert_eq!(currency_of(None, Some(currency("EUR"))), None);
    }
}
