//! A pay button with what it means beside it, so that the customer sees what
//! is paid, to whom, how and where before leaving (OWASP ASVS 3.7.3).

use api_types::{CheckoutFor, Money, NotPayable, Payable, PaymentMethod};
use leptos::prelude::*;

use super::pay_part::{PartChoice, PayPart};
use super::pay_via::{PayVia, Via};
use super::payment_offer::{Offer, offer};
use crate::checkout::Intent;
use crate::components::{Glyph, Look, PayButton, PayNotice, PayTerms};
use crate::i18n::{self, fill, key};
use crate::route::{PaymentChoice, Route};
use crate::state::{PortalState, use_checkouts, use_portal};

/// The button, its terms, and while it is off the reason why.
#[component]
pub fn Pay(
    /// What is paid for.
    #[prop(into)]
    pays_for: Signal<CheckoutFor>,
    /// The button's words.
    #[prop(into)]
    label: String,
    /// What is paid for, in words.
    #[prop(into)]
    what: Signal<String>,
    /// Whether and how much can be paid.
    #[prop(into)]
    payable: Signal<Payable>,
    /// The button's id, where the keyboard returns to.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let (checkouts, portal) = (use_checkouts(), use_portal());
    let via = Via::new(None);
    let part = PartChoice::new();
    let methods = Memo::new(move |_| {
        let amount = payable.with(|pay| pay.amount);
        via.methods(portal, Some(amount.currency()), Some(amount))
    });
    let method = Memo::new(move |_| methods.with(|methods| via.of(methods)));
    let most = Memo::new(move |_| {
        let all = payable.with(|pay| pay.amount);
        let at_once = |method: &PaymentMethod| method.most_in(all.currency());
        let at_once = method.with(|method| method.as_ref().map(at_once));
        at_once
            .filter(|most| most.minor() < all.minor())
            .unwrap_or(all)
    });
    // What is paid for: all of it, or the part that was typed.
    let request = Memo::new(move |_| part.of(&pays_for.get(), &payable.get()));
    let offered = Memo::new(move |_| {
        let (_, amount) = request.get()?;
        let option = via.option.get();
        Some(method.with(|method| offer(method.as_ref(), option.as_ref(), amount)))
    });
    let ready = Memo::new(move |_| {
        let allowed = payable.with(|pay| pay.allowed);
        offered.get().and_then(Result::ok).filter(|_| allowed)
    });
    // What one payment cannot pay is paid by several, each of them money on the account.
    let in_parts = Memo::new(move |_| {
        let whole = part.is_all() && payable.with(|pay| pay.allowed);
        let refused = offered.get().and_then(Result::err).filter(|_| whole)?;
        let most = refused.first_part(&pays_for.get())?;
        Some(PaymentChoice {
            via: method.with(|method| method.as_ref().map(|method| method.id.clone())),
            currency: Some(most.currency()),
            amount: Some(most),
        })
    });
    let first_part = move || {
        let choice = in_parts.get()?;
        let amount = i18n::money(&choice.amount?);
        Some(view! {
            <a class=Look::Plain.class() href=Route::MakePayment(choice).href()>
                {fill(key::checkout::PAY_IN_PARTS, [("amount", &amount)])}
            </a>
        })
    };
    let off_because = move || {
        let payable = payable.get();
        portal.of(|portal| {
            if !payable.allowed {
                let reason = payable.reason.unwrap_or(NotPayable::Unknown);
                return Some(i18n::not_payable_words(reason, &portal.name));
            }
            let refused = offered.get()?.err()?;
            let words = |method: &Option<PaymentMethod>| match in_parts.get() {
                Some(_) => refused.words_of_parts(method.as_ref(), &portal.name),
                None => refused.words(method.as_ref(), &portal.name),
            };
            Some(method.with(words))
        })
    };
    let amount = move || {
        let amount = ready.with(|ready| ready.as_ref().map(|offer| offer.total));
        let all = payable.with(|pay| pay.amount);
        amount.or_else(|| (part.is_all() && all.is_positive()).then_some(all))
    };
    let button_id = id.clone();
    let press = move |()| {
        let (Some(offer), Some((pays_for, _))) = (ready.get_untracked(), request.get_untracked())
        else {
            part.tried();
            return;
        };
        checkouts.start(intent(offer, pays_for, &button_id));
    };
    let terms = Memo::new(move |_| Some(terms(portal, ready.get()?, what.get())));
    let choosable = Memo::new(move |_| payable.with(|pay| pay.allowed));
    let id_of_fields = id.clone();
    let choice = move || {
        let id = id_of_fields.clone();
        choosable.get().then(|| {
            view! {
                <PayVia via=via methods=methods id=id.clone() />
                <PayPart part=part pays_for=pays_for payable=payable most=most.into() id=id />
            }
        })
    };
    view! {
        <div class="pay">
            <div class="pay__act">
                {choice}
                <PayButton
                    label=label
                    amount=Signal::derive(amount)
                    id=id
                    off_because=Signal::derive(off_because)
                    on_press=Callback::new(press)
                />
                {first_part}
            </div>
            {move || terms.get().map(|terms| view! { <PayNotice terms=Signal::stored(terms) /> })}
        </div>
    }
}

/// What a pressed button asks for.
pub fn intent(offer: Offer, pays_for: CheckoutFor, button_id: &str) -> Intent {
    Intent {
        pays_for,
        window: offer.method.has_page(),
        method: offer.method.id,
        option: offer.option,
        displayed_total: offer.total,
        button_id: button_id.to_owned(),
    }
}

/// What an offer means, in the words beside its button.
pub fn terms(portal: PortalState, offer: Offer, what: String) -> PayTerms {
    let how = i18n::method_words(&offer.method);
    let options = offer.method.options.iter();
    let option = options
        .clone()
        .find(|of| Some(&of.id) == offer.option.as_ref());
    let amount = offer.total.checked_sub(offer.surcharge);
    PayTerms {
        what,
        to: portal.of(|portal| portal.name.clone()),
        mark: Glyph::of_method(offer.method.kind),
        how: match option {
            Some(option) => i18n::join(&[how, option.label.clone()], " · "),
            None => how,
        },
        host: offer.method.pay_host,
        amount: amount.unwrap_or(Money::zero(offer.total.currency())),
        surcharge: offer.surcharge,
        total: offer.total,
    }
}
