//! Where a payment is and what can be done: stands beside the figure from the
//! pay button's press until the customer puts it away.
//!
//! It never decides anything: the checkout's machine is mapped to a
//! [`PanelView`], and presses go back as [`PanelAction`]s.

use leptos::prelude::*;

use super::button::Look;
use super::focus_field::{focus_one_of, resting_place};
use super::icon::{Glyph, Icon};
use super::panel_model::{PanelAction, PanelView};
use super::panel_words::{action_words, body, title};
use super::transfer_details::TransferDetails;

/// The id of a panel's heading, which can take the keyboard.
pub fn panel_heading_id(number: u32) -> String {
    format!("checkout-panel-{number}")
}

/// The panel. Its buttons stay the same elements while they stay on offer, so
/// the keyboard is not lost when the words change; when the button that has it
/// goes, the heading takes it, or what is left to press once the payment is made.
#[component]
pub fn CheckoutPanel(
    /// Tells panels apart that stand on one screen.
    number: u32,
    /// What to show.
    #[prop(into)]
    view: Signal<PanelView>,
    /// The ids of the buttons, with spaces between them, in whose stead the
    /// panel takes the keyboard once they have gone.
    #[prop(optional_no_strip)]
    stands_for: Option<String>,
    /// Which of its buttons has unfolded something.
    #[prop(optional, into)]
    unfolded: Signal<Option<PanelAction>>,
    /// What it has unfolded.
    #[prop(optional, into)]
    more: Option<ViewFn>,
    /// What was pressed; called inside the click.
    #[prop(into)]
    on_press: Callback<PanelAction>,
) -> impl IntoView {
    let heading = panel_heading_id(number);
    let heading_id = heading.clone();
    let tone = Memo::new(move |_| view.with(PanelView::tone));
    let glyph = Memo::new(move |_| view.with(PanelView::glyph));
    let actions = Memo::new(move |_| view.with(PanelView::actions));
    let transfer = Memo::new(move |_| view.with(|view| view.transfer.clone()));
    let unfolded = Memo::new(move |_| unfolded.get());
    let mark = move || match glyph.get() {
        Some(glyph) => view! { <Icon glyph=glyph /> }.into_any(),
        None => view! { <span class="checkout_panel__ring" aria-hidden="true"></span> }.into_any(),
    };
    let note = move || {
        let note = view.with(|view| view.note.clone());
        note.map(|note| view! { <p class="checkout_panel__note">{note}</p> })
    };
    let held = keep_the_keyboard(heading.clone(), actions, unfolded);
    let more_id = format!("{heading}-more");
    let press = StoredValue::new(Press {
        view,
        unfolded,
        more_id: more_id.clone(),
        on_press,
    });
    let more = move || {
        let more = unfolded.get().and(more.clone());
        more.map(|more| {
            view! {
                <div class="checkout_panel__more" id=more_id.clone()>
                    {more.run()}
                </div>
            }
        })
    };
    view! {
        <section
            class="checkout_panel"
            data-tone=tone
            aria-labelledby=heading
            on:focusin=move |_| held.set_value(true)
            on:focusout=move |event| {
                // Nowhere else is where it is when the element that had it has gone.
                if event.related_target().is_some() {
                    held.set_value(false);
                }
            }
        >
            <span class="checkout_panel__mark">{mark}</span>
            <div class="checkout_panel__words">
                <h2
                    class="checkout_panel__title"
                    id=heading_id
                    tabindex="-1"
                    data-stands-for=stands_for
                >
                    {move || view.with(title)}
                </h2>
                <p class="checkout_panel__body">{move || view.with(body)}</p>
                {move || transfer.get().map(|transfer| view! { <TransferDetails transfer=transfer /> })}
                {note}
                <div class="checkout_panel__actions">
                    <For each=move || actions.get() key=|action| *action let:action>
                        {press.with_value(|press| press.of(action))}
                    </For>
                </div>
                {more}
            </div>
        </section>
    }
}

/// Whether the panel has the keyboard. When what had it within the panel goes,
/// what is left to press takes it once the payment is made, and else the heading.
fn keep_the_keyboard(
    heading: String,
    actions: Memo<Vec<PanelAction>>,
    unfolded: Memo<Option<PanelAction>>,
) -> StoredValue<bool> {
    let held = StoredValue::new(false);
    Effect::new(move |begun: Option<()>| {
        actions.track();
        unfolded.track();
        if begun.is_some() && held.get_value() {
            let heading = format!("#{heading}");
            focus_one_of(vec![resting_place(&heading), heading]);
        }
    });
    held
}

/// Marks what the keyboard may come to by itself.
fn rest_mark(view: Signal<PanelView>, action: PanelAction) -> Option<&'static str> {
    view.with(|view| view.rests_on(action)).then_some("")
}

/// What the buttons have in one.
#[derive(Clone)]
struct Press {
    view: Signal<PanelView>,
    unfolded: Memo<Option<PanelAction>>,
    more_id: String,
    on_press: Callback<PanelAction>,
}

impl Press {
    fn of(&self, action: PanelAction) -> AnyView {
        match action {
            PanelAction::FollowLink | PanelAction::ViewPayment => self.link(action),
            _ => self.button(action),
        }
    }

    fn link(&self, action: PanelAction) -> AnyView {
        let (view, on_press) = (self.view, self.on_press);
        let leaves = action == PanelAction::FollowLink;
        let href = move || {
            view.with(|view| {
                if leaves {
                    view.link.clone()
                } else {
                    view.payment.clone()
                }
            })
        };
        let look = if leaves { Look::Primary } else { Look::Plain };
        view! {
            <a
                class=look.class()
                data-rest=move || rest_mark(view, action)
                href=href
                target=leaves.then_some("_blank")
                // Without it the window could not tell this page of its return.
                rel=leaves.then_some("opener")
                on:click=move |_| on_press.run(action)
            >
                {action_words(action)}
                {leaves.then(|| view! { <Icon glyph=Glyph::Window /> })}
            </a>
        }
        .into_any()
    }

    fn button(&self, action: PanelAction) -> AnyView {
        let (view, on_press, unfolded) = (self.view, self.on_press, self.unfolded);
        let busy = Memo::new(move |_| {
            view.with(|view| match action {
                PanelAction::IHavePaid => view.checking,
                PanelAction::Cancel => view.cancelling,
                _ => false,
            })
        });
        let look = match action {
            PanelAction::TryAgain
            | PanelAction::OpenAgain
            | PanelAction::Resume
            | PanelAction::GoThere => Look::Primary,
            _ => Look::Plain,
        };
        let folds = action.unfolds();
        let is_open = move || unfolded.get() == Some(action);
        let more_id = self.more_id.clone();
        view! {
            <button
                type="button"
                class=look.class()
                data-rest=move || rest_mark(view, action)
                class:checkout_panel__phone=action == PanelAction::OnPhone
                aria-expanded=move || folds.then(|| is_open().to_string())
                aria-controls=move || is_open().then(|| more_id.clone())
                aria-disabled=move || busy.get().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| {
                    if !busy.get_untracked() {
                        on_press.run(action);
                    }
                }
            >
                {action_words(action)}
            </button>
        }
        .into_any()
    }
}
