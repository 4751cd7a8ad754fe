//! Where a payment is and what can be done: stands beside the figure from the
//! pay button's press until the customer puts it away.
//!
//! It never decides anything: the checkout's machine is mapped to a
//! [`PanelView`], and presses go back as [`PanelAction`]s.

use api_types::{FailureCode, Money};
use leptos::prelude::*;

use super::button::{Button, Look};
use super::icon::{Glyph, Icon};
use super::panel_words::{action_words, body, title};
use crate::i18n::{key, t};

/// The id of a panel's heading, which can take the keyboard.
pub fn panel_heading_id(number: u32) -> String {
    format!("checkout-panel-{number}")
}

/// Where the payment is, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The server is being asked to start it.
    Opening,
    /// The window was not let open, as far as one can tell; see [`PanelView::link`].
    Blocked,
    /// The window is open.
    Open,
    /// The payment is open, and this tab holds no window: it was started
    /// elsewhere, or before the page was loaded again.
    Elsewhere,
    /// The window has closed, and nothing has been seen yet.
    WindowClosed,
    /// Money is on its way. Never shown as paid.
    Confirming,
    /// The money is there.
    Paid,
    /// It did not go through.
    Failed(Option<FailureCode>),
    /// The customer turned back.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// What arrived fits no rule.
    NeedsReview,
    /// The server did not start it, in words.
    Refused(String),
}

/// Everything that the panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelView {
    /// Where the payment is.
    pub stage: Stage,
    /// What is paid.
    pub amount: Money,
    /// The provider's name.
    pub portal: String,
    /// The host that the window goes to.
    pub host: String,
    /// The address of a real link to the same checkout; shown as a button.
    pub link: Option<String>,
    /// Whether `Show window` can do something: bring it to the front, or open
    /// another to the same checkout.
    pub can_show: bool,
    /// Whether the customer can still turn back.
    pub can_cancel: bool,
    /// Whether there is another way to pay.
    pub another_way: bool,
    /// Whether starting again may help.
    pub can_retry: bool,
    /// The customer has asked, and the answer has not come yet.
    pub checking: bool,
    /// The customer has turned back, and the server has not said so yet.
    pub cancelling: bool,
    /// A short line under the sentence, in words: nothing seen yet, no answer.
    pub note: Option<String>,
}

/// What the customer can press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelAction {
    /// Followed the real link; the browser opens it by itself.
    FollowLink,
    /// Bring the window to the front.
    ShowWindow,
    /// Open another window to the same checkout.
    OpenAgain,
    /// Ask the server now.
    IHavePaid,
    /// Choose another way to pay.
    PayAnotherWay,
    /// Turn back.
    Cancel,
    /// Start again.
    TryAgain,
    /// Put the panel away.
    Close,
}

impl PanelView {
    /// What can be pressed at this stage, in order; the first one is the likeliest.
    pub fn actions(&self) -> Vec<PanelAction> {
        use PanelAction::{
            Cancel, Close, FollowLink, IHavePaid, OpenAgain, PayAnotherWay, ShowWindow, TryAgain,
        };
        let waiting: &[PanelAction] = match self.stage {
            Stage::Opening => &[Cancel],
            Stage::Blocked => &[FollowLink, IHavePaid, PayAnotherWay, Cancel],
            Stage::Open => &[FollowLink, ShowWindow, IHavePaid, PayAnotherWay, Cancel],
            Stage::Elsewhere | Stage::WindowClosed => {
                &[FollowLink, OpenAgain, IHavePaid, PayAnotherWay, Cancel]
            }
            Stage::Confirming => &[],
            Stage::Paid | Stage::NeedsReview => &[Close],
            Stage::Failed(_) | Stage::Cancelled | Stage::Expired | Stage::Refused(_) => {
                &[TryAgain, PayAnotherWay, Close]
            }
        };
        waiting
            .iter()
            .copied()
            .filter(|action| self.offers(*action))
            .collect()
    }

    fn offers(&self, action: PanelAction) -> bool {
        match action {
            PanelAction::FollowLink => self.link.is_some(),
            // A link does the same, and works where a button may not.
            PanelAction::ShowWindow | PanelAction::OpenAgain => {
                self.can_show && self.link.is_none()
            }
            PanelAction::PayAnotherWay => self.another_way,
            PanelAction::TryAgain => self.can_retry,
            PanelAction::Cancel => self.can_cancel,
            _ => true,
        }
    }

    /// What the live region says when the panel comes to this stage.
    pub fn announcement(&self) -> String {
        [title(self), body(self)].join(". ").replace("?.", "?")
    }

    fn tone(&self) -> &'static str {
        match self.stage {
            Stage::Paid => "good",
            Stage::Failed(_) | Stage::Refused(_) => "bad",
            Stage::Blocked | Stage::WindowClosed | Stage::NeedsReview => "waiting",
            Stage::Cancelled | Stage::Expired => "plain",
            _ => "busy",
        }
    }

    fn glyph(&self) -> Option<Glyph> {
        match self.stage {
            Stage::Paid => Some(Glyph::Done),
            Stage::Failed(_) | Stage::Refused(_) => Some(Glyph::Alert),
            Stage::Blocked => Some(Glyph::Window),
            Stage::WindowClosed | Stage::NeedsReview | Stage::Expired => Some(Glyph::Clock),
            Stage::Cancelled => Some(Glyph::Cross),
            // Something is under way: a turning ring.
            _ => None,
        }
    }
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
    view! {
        <section class="checkout_panel" data-tone=tone aria-labelledby=heading>
            <span class="checkout_panel__mark">{mark}</span>
            <div class="checkout_panel__words">
                <h2 class="checkout_panel__title" id=heading_id tabindex="-1">
                    {move || view.with(title)}
                </h2>
                <p class="checkout_panel__body">{move || view.with(body)}</p>
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

#[cfg(test)]
mod tests {
    use super::*;
    use PanelAction::*;

    fn at(stage: Stage) -> PanelView {
        PanelView {
            stage,
            amount: Money::from_minor(14640, api_types::Currency::parse("EUR").unwrap()),
            portal: "Harbour Clinic".to_owned(),
            host: "pay.example.com".to_owned(),
            link: None,
            can_show: true,
            can_cancel: true,
            another_way: false,
            can_retry: true,
            checking: false,
            cancelling: false,
            note: None,
        }
    }

    #[test]
    fn each_stage_offers_what_can_be_done_then() {
        for (stage, offered) in [
            (Stage::Opening, vec![Cancel]),
            (Stage::Open, vec![ShowWindow, IHavePaid, Cancel]),
            (Stage::WindowClosed, vec![OpenAgain, IHavePaid, Cancel]),
            (Stage::Confirming, vec![]),
            (Stage::Paid, vec![Close]),
            (Stage::Failed(None), vec![TryAgain, Close]),
            (Stage::NeedsReview, vec![Close]),
        ] {
            assert_eq!(at(stage.clone()).actions(), offered, "{stage:?}");
        }
    }

    #[test]
    fn a_link_stands_in_the_place_of_a_button_that_might_do_nothing() {
        let blocked = PanelView {
            link: Some("/pay/launch#x".to_owned()),
            ..at(Stage::Blocked)
        };
        assert_eq!(blocked.actions(), [FollowLink, IHavePaid, Cancel]);
    }

    #[test]
    fn nothing_is_offered_that_cannot_be_done() {
        let stuck = PanelView {
            can_show: false,
            can_cancel: false,
            ..at(Stage::Open)
        };
        assert_eq!(stuck.actions(), [IHavePaid]);
    }
}
