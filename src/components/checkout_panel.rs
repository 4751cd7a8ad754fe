//! Where a payment is and what can be done: stands beside the figure from the
//! pay button's press until the customer puts it away.
//!
//! It never decides anything: the checkout's machine is mapped to a
//! [`PanelView`], and presses go back as [`PanelAction`]s.

use leptos::prelude::*;

use super::button::{Button, Look};
use super::icon::{Glyph, Icon};
use super::panel_model::{PanelAction, PanelView};
use super::panel_words::{action_words, body, title};
use super::transfer_details::TransferDetails;
use crate::i18n::{key, t};

/// The id of a panel's heading, which can take the keyboard.
fn panel_heading_id(number: u32) -> String {
    format!("checkout-panel-{number}")
}

/// The panel. Its buttons stay the same elements while they stay on offer, so
/// the keyboard is not lost when the words change.
#[component]
pub fn CheckoutPanel(
    /// Tells panels apart that stand on one screen.
    number: u32,
    /// What to show.
    #[prop(into)]
    view: Signal<PanelView>,
    /// What was pressed; called inside the click.
    #[prop(into)]
    on_press: Callback<PanelAction>,
) -> impl IntoView {
    let heading = panel_heading_id(number);
    let heading_id = heading.clone();
    let tone = Memo::new(move |_| view.with(PanelView::tone));
    let glyph = Memo::new(move |_| view.with(PanelView::glyph));
    let actions = Memo::new(move |_| view.with(PanelView::actions));
    let mark = move || match glyph.get() {
        Some(glyph) => view! { <Icon glyph=glyph /> }.into_any(),
        None => view! { <span class="checkout_panel__ring" aria-hidden="true"></span> }.into_any(),
    };
    let note = move || {
        let note = view.with(|view| view.note.clone());
        note.map(|note| view! { <p class="checkout_panel__note">{note}</p> })
    };
    let transfer = move || {
        let transfer = view.with(|view| view.transfer.clone());
        transfer.map(|transfer| view! { <TransferDetails transfer=transfer /> })
    };
    view! {
        <section class="checkout_panel" data-tone=tone aria-labelledby=heading>
            <span class="checkout_panel__mark">{mark}</span>
            <div class="checkout_panel__words">
                <h2 class="checkout_panel__title" id=heading_id tabindex="-1">
                    {move || view.with(title)}
                </h2>
                <p class="checkout_panel__body">{move || view.with(body)}</p>
                {transfer}
                {note}
                <div class="checkout_panel__actions">
                    <For each=move || actions.get() key=|action| *action let:action>
                        {press(view, action, on_press)}
                    </For>
                </div>
            </div>
        </section>
    }
}

fn press(view: Signal<PanelView>, action: PanelAction, on_press: Callback<PanelAction>) -> AnyView {
    if action == PanelAction::FollowLink {
        let href = move || view.with(|view| view.link.clone());
        return view! {
            <a
                class=Look::Primary.class()
                href=href
                target="_blank"
                // Without it the window could not tell this page of its return.
                rel="opener"
                on:click=move |_| on_press.run(action)
            >
                {t(key::checkout::BLOCKED_LINK)}
                <Icon glyph=Glyph::Window />
            </a>
        }
        .into_any();
    }
    let busy = Signal::derive(move || {
        view.with(|view| match action {
            PanelAction::IHavePaid => view.checking,
            PanelAction::Cancel => view.cancelling,
            _ => false,
        })
    });
    let look = match action {
        PanelAction::TryAgain | PanelAction::OpenAgain => Look::Primary,
        _ => Look::Plain,
    };
    view! {
        <Button look=look busy=busy on_press=Callback::new(move |()| on_press.run(action))>
            {action_words(action)}
        </Button>
    }
    .into_any()
}
