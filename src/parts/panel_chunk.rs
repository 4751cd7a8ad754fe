//! What unfolds within a checkout's panel. It is no part of the first load: the
//! app says how it is brought, as it does for the screens that come later.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Notice, NoticeTone};
use crate::i18n::{key, t};
use crate::state::{BrowserDriver, Run};

/// What of the panel comes later.
#[derive(Clone, Copy)]
pub struct PanelParts {
    /// The choice of another way to pay, and a call for when it is put away.
    pub another_way: fn(Run, Callback<()>) -> AnyView,
    /// The code for the phone.
    pub on_phone: fn(BrowserDriver) -> AnyView,
}

/// How it is brought; nothing comes where there is no network.
#[derive(Clone, Copy)]
pub struct PanelChunk(pub fn() -> LocalBoxFuture<'static, Option<PanelParts>>);

/// Builds something of it as soon as it is here.
pub(super) fn once_here(build: impl Fn(PanelParts) -> AnyView + Send + Sync + 'static) -> AnyView {
    let Some(PanelChunk(bring)) = use_context() else {
        return ().into_any();
    };
    let arrived = RwSignal::new(bring().now_or_never());
    let under_way = RwSignal::new(false);
    let fetch = move || {
        under_way.set(true);
        spawn_local(async move {
            let parts = bring().await;
            // The customer may have folded it up again.
            arrived.try_set(Some(parts));
            under_way.try_set(false);
        });
    };
    if arrived.with_untracked(Option::is_none) {
        fetch();
    }
    let shown = move || match arrived.get() {
        None => view! { <p class="checkout_panel__note">{t(key::common::LOADING)}</p> }.into_any(),
        // What is read while it is built must not build it anew.
        Some(Some(parts)) => untrack(|| build(parts)),
        Some(None) => view! {
            <Notice
                tone=NoticeTone::Bad
                body=t(key::errors::SCREEN_FAILED)
                on_retry=Callback::new(move |()| fetch())
                retrying=under_way
            />
        }
        .into_any(),
    };
    shown.into_any()
}
