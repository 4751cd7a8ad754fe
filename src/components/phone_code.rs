//! Finishing a payment on the phone: a code to scan, for as long as it works.

use leptos::prelude::*;

use super::button::Button;
use super::qr_code::QrCode;
use crate::i18n::{key, t};

/// How far the code has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeStage {
    /// The server is being told of it.
    Preparing,
    /// The address that it holds.
    Ready(String),
    /// The server was not told.
    Failed,
}

/// The code with what to do with it. Its room is kept while there is none yet.
#[component]
pub fn PhoneCode(
    /// How far it has come.
    #[prop(into)]
    stage: Signal<CodeStage>,
    /// The customer wants another one.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let stage = Memo::new(move |_| stage.get());
    let code = move || match stage.get() {
        CodeStage::Ready(address) => view! {
            <QrCode text=Signal::stored(address) label=t(key::checkout::PHONE_LABEL) />
        }
        .into_any(),
        CodeStage::Preparing => view! {
            <span class="phone_code__ring" aria-hidden="true" data-loading=""></span>
        }
        .into_any(),
        CodeStage::Failed => ().into_any(),
    };
    let words = move || {
        t(match stage.get() {
            CodeStage::Preparing => key::checkout::PHONE_WAITING,
            CodeStage::Ready(_) => key::checkout::PHONE_BODY,
            CodeStage::Failed => key::checkout::PHONE_FAILED,
        })
    };
    let busy = Signal::derive(move || stage.get() == CodeStage::Preparing);
    view! {
        <div class="phone_code">
            <div class="phone_code__room">{code}</div>
            <div class="phone_code__words">
                <p role="status">{words}</p>
                <Button busy=busy on_press=on_again>
                    {t(key::checkout::PHONE_AGAIN)}
                </Button>
            </div>
        </div>
    }
}
