//! `Pay via`: the way to pay, and the option within it.

use api_types::{Currency, MethodId, MethodKind, Money, OptionId, PaymentMethod};
use leptos::prelude::*;

use super::payment_offer::chosen_option;
use crate::checkout::last_method;
use crate::components::{Choice, Glyph, Icon, SelectField};
use crate::i18n::{self, key, t};
use crate::state::PortalState;

/// What the customer chose; nothing means the first there is.
#[derive(Clone, Copy)]
pub struct Via {
    /// The way.
    pub method: RwSignal<Option<MethodId>>,
    /// The option within it.
    pub option: RwSignal<Option<OptionId>>,
    /// The way that was used last when the choice was built, so that nothing moves in the list
    /// while it is used.
    last: RwSignal<Option<MethodId>>,
}

impl Via {
    /// Nothing is chosen yet, unless something is wanted.
    pub fn new(wanted: Option<MethodId>) -> Self {
        Self {
            method: RwSignal::new(wanted),
            option: RwSignal::new(None),
            last: RwSignal::new(last_method::recall()),
        }
    }

    /// The ways to pay in a currency, or all of them. The one that was used last comes first, if
    /// it takes the amount.
    pub fn methods(
        self,
        portal: PortalState,
        currency: Option<Currency>,
        amount: Option<Money>,
    ) -> Vec<PaymentMethod> {
        let mut methods = methods_in(portal, currency);
        if let Some(last) = self.last.get() {
            put_first(&mut methods, &last, amount);
        }
        methods
    }

    /// The chosen one of these, or their first.
    pub fn of(self, methods: &[PaymentMethod]) -> Option<PaymentMethod> {
        let chosen = self.method.get();
        let wanted = methods
            .iter()
            .find(|method| Some(&method.id) == chosen.as_ref());
        wanted.or(methods.first()).cloned()
    }
}

/// Moves a way to pay to the front, if it is there and takes the amount; the others keep the
/// provider's order.
fn put_first(methods: &mut [PaymentMethod], first: &MethodId, amount: Option<Money>) {
    let fits = |method: &PaymentMethod| {
        method.id == *first && amount.is_none_or(|amount| method.total_for(amount).is_ok())
    };
    let place = methods.iter().position(fits).unwrap_or_default();
    for at in (0..place).rev() {
        methods.swap(at, at + 1);
    }
}

/// The ways to pay in a currency, or all of them, in the provider's order.
pub fn methods_in(portal: PortalState, currency: Option<Currency>) -> Vec<PaymentMethod> {
    portal.of(|portal| {
        let takes = |method: &&PaymentMethod| {
            currency.is_none_or(|currency| method.currencies.contains(&currency))
        };
        let on = portal.features.pay;
        portal
            .methods
            .iter()
            .filter(takes)
            .filter(|_| on)
            .cloned()
            .collect()
    })
}

/// The choice of a way to pay where there is one to make, and of its option.
#[component]
pub fn PayVia(
    /// What is chosen.
    via: Via,
    /// The ways there are, in order.
    #[prop(into)]
    methods: Signal<Vec<PaymentMethod>>,
    /// What the ids of the fields begin with.
    #[prop(into)]
    id: String,
    /// Show the field even where there is only one way.
    #[prop(optional)]
    always: bool,
) -> impl IntoView {
    let several = Memo::new(move |_| methods.with(Vec::len) > usize::from(!always));
    let chosen = Memo::new(move |_| methods.with(|methods| via.of(methods)));
    let choices = move || {
        methods.with(|methods| {
            let choice = |method: &PaymentMethod| {
                Choice::new(method.id.to_string(), i18n::method_words(method))
            };
            methods.iter().map(choice).collect::<Vec<_>>()
        })
    };
    let method_name = format!("{id}-via");
    let option_name = format!("{id}-option");
    let options = Memo::new(move |_| {
        chosen
            .get()
            .map(|method| method.options)
            .unwrap_or_default()
    });
    let mark = move || {
        let kind = chosen.with(|method| method.as_ref().map(|method| method.kind));
        let glyph = Glyph::of_method(kind.unwrap_or(MethodKind::Unknown));
        view! { <Icon glyph=glyph /> }.into_any()
    };
    let method_field = move || {
        several.get().then(|| {
            view! {
                <SelectField
                    label=t(key::checkout::PAY_VIA)
                    name=method_name.clone()
                    choices=Signal::derive(choices)
                    value=Signal::derive(move || {
                        chosen.with(|method| method.as_ref().map(|m| m.id.to_string()))
                            .unwrap_or_default()
                    })
                    mark=mark.into_any()
                    on_change=Callback::new(move |id: String| {
                        via.option.set(None);
                        via.method.set(MethodId::parse(&id).ok());
                    })
                />
            }
        })
    };
    let option_field = move || {
        let any = options.with(|options| !options.is_empty());
        any.then(|| {
            let choices = move || {
                options.with(|options| {
                    let each = options.iter();
                    each.map(|option| Choice::new(option.id.to_string(), option.label.clone()))
                        .collect::<Vec<_>>()
                })
            };
            let value = move || {
                let method = chosen.get();
                let wanted = via.option.get();
                let option = method.and_then(|method| chosen_option(&method, wanted.as_ref()));
                option.map(|option| option.to_string()).unwrap_or_default()
            };
            view! {
                <SelectField
                    label=t(key::checkout::PAY_VIA_OPTION)
                    name=option_name.clone()
                    choices=Signal::derive(choices)
                    value=Signal::derive(value)
                    on_change=Callback::new(move |id: String| {
                        via.option.set(OptionId::parse(&id).ok());
                    })
                />
            }
        })
    };
    view! {
        {method_field}
        {option_field}
    }
}

#[cfg(test)]
mod tests {
    use api_types::MethodTerms;

    use super::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn id(id: &str) -> MethodId {
        MethodId::parse(id).unwrap()
    }

    fn method(name: &str, most: i64) -> PaymentMethod {
        let currency = euro(0).currency();
        PaymentMethod {
            id: id(name),
            kind: MethodKind::Card,
            label: None,
            currencies: vec![currency],
            terms: vec![MethodTerms {
                minimum: None,
                maximum: Some(euro(most)),
                surcharge: None,
                step: None,
                currency,
            }],
            surcharge_percent: None,
            options: vec![],
            instructions: vec![],
            settles_days: None,
            pay_host: String::new(),
        }
    }

    #[test]
    fn what_was_used_last_comes_first_where_it_is_there_and_takes_the_amount() {
        let yen = Money::from_minor(100, Currency::parse("JPY").unwrap());
        for (last, amount, order) in [
            ("debit", None, ["debit", "card", "wallet"]),
            ("debit", Some(euro(5000)), ["debit", "card", "wallet"]),
            ("wallet", Some(euro(5000)), ["wallet", "card", "debit"]),
            ("card", Some(euro(5000)), ["card", "wallet", "debit"]),
            // Its maximum is less, it does not take the currency, or the portal has it no more.
            ("debit", Some(euro(5001)), ["card", "wallet", "debit"]),
            ("debit", Some(yen), ["card", "wallet", "debit"]),
            ("cheque", None, ["card", "wallet", "debit"]),
        ] {
            let mut methods = vec![
                method("card", 10_000),
                method("wallet", 10_000),
                method("debit", 5000),
            ];
            put_first(&mut methods, &id(last), amount);
            let found: Vec<_> = methods.iter().map(|method| method.id.clone()).collect();
            assert_eq!(found, order.map(id), "{last} {amount:?}");
        }
    }
}
