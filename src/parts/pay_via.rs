//! `Pay via`: the way to pay, and the option within it.

use api_types::{Currency, MethodId, OptionId, PaymentMethod};
use leptos::prelude::*;

use super::payment_offer::chosen_option;
use crate::components::{Choice, SelectField};
use crate::i18n::{self, key, t};
use crate::state::PortalState;

/// What the customer chose; nothing means the first there is.
#[derive(Clone, Copy)]
pub struct Via {
    /// The way.
    pub method: RwSignal<Option<MethodId>>,
    /// The option within it.
    pub option: RwSignal<Option<OptionId>>,
}

impl Via {
    /// Nothing is chosen yet, unless something is wanted.
    pub fn new(wanted: Option<MethodId>) -> Self {
        Self {
            method: RwSignal::new(wanted),
            option: RwSignal::new(None),
        }
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

/// The ways to pay in a currency, or all of them.
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
    /// The ways there are, in the provider's order.
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
