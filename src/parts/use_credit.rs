//! `Use My Credit`: where credit covers everything there is no window and no provider.

use api_client::ApiError;
use api_types::{ApplyCredit, CurrencyBalance};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Button, Look, Notice, NoticeTone, pass_focus_on};
use crate::i18n::{key, t};
use crate::state::{error_words, new_key, use_api, use_live};

/// The button that applies the credit.
#[component]
pub(super) fn UseCredit(
    /// The figures of its currency.
    figures: Memo<CurrencyBalance>,
) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let code = figures.with_untracked(|figures| figures.currency.code().to_ascii_lowercase());
    let id = format!("use-credit-{code}");
    pass_focus_on(id.clone());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    // One key for one request: pressing again after a lost answer uses it no second time.
    let asked = StoredValue::new(new_key());
    let apply = move |()| {
        busy.set(true);
        error.set(None);
        let request = ApplyCredit {
            displayed_credit: figures.with_untracked(|f| f.credit),
        };
        spawn_local(async move {
            match api.get().apply_credit(&asked.get_value(), &request).await {
                Ok(_) => live.refresh(),
                Err(refused) => {
                    if !refused.is_passing() {
                        asked.try_set_value(new_key());
                    }
                    live.refresh();
                    error.try_set(Some(refused));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <p class="balance_card__note">{t(key::account::CREDIT_COVERS)}</p>
        <Button look=Look::Primary busy=busy id=id on_press=Callback::new(apply)>
            {t(key::account::APPLY_CREDIT)}
        </Button>
        {move || {
            error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
        }}
    }
}
