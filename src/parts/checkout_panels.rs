//! Every checkout of this tab, and the ones started elsewhere, as panels.

use leptos::prelude::*;

use super::panel_chunk::once_here;
use super::panel_view::{PanelContext, panel_view};
use super::pay_another_way::button_of;
use super::pay_via::methods_in;
use crate::checkout::machine::Event;
use crate::checkout::{Intent, Phase, Refusal, WindowView};
use crate::components::{
    CheckoutPanel, LiveRegion, PAGE_HEADING_ID, PanelAction, PanelText, PanelView, Stage,
    focus_one_of, panel_heading_id, resting_place,
};
use crate::route::Route;
use crate::state::{Checkouts, PortalState, Run, use_checkouts, use_portal, use_route};

/// A panel for each checkout that is shown.
#[component]
pub fn CheckoutPanels() -> impl IntoView {
    let checkouts = use_checkouts();
    // A panel that came late would push down what stands below it.
    let asking =
        move || (!checkouts.known()).then(|| view! { <span data-loading="" hidden=true></span> });
    view! {
        {asking}
        <For each=move || checkouts.runs() key=|run| run.number let:run>
            {one(checkouts, run)}
        </For>
    }
}

/// Tells a screen reader where the payments are, wherever the customer is: each change once.
#[component]
pub fn CheckoutAnnouncements() -> impl IntoView {
    let checkouts = use_checkouts();
    let portal = use_portal();
    let told = Memo::new(move |before: Option<&PanelText>| {
        let shown = |run: Run| Some((run.number, view_of(portal, None, &run)?));
        let panels: Vec<_> = checkouts.runs().into_iter().filter_map(shown).collect();
        before.cloned().unwrap_or_default().then(&panels)
    });
    let text = Memo::new(move |_| told.with(|told| told.text().to_owned()));
    view! { <LiveRegion text=text /> }
}

fn one(checkouts: Checkouts, run: Run) -> Option<impl IntoView> {
    let (portal, place) = (use_portal(), use_route());
    // A run was either asked for here or is known by the server, so there is an amount.
    let first = untrack(|| view_of(portal, place.get(), &run))?;
    // A panel that comes with a failure, on the way back from the provider or to a payment's page,
    // is there for another way to pay.
    let failed = matches!(first.stage, Stage::Failed(_));
    let number = run.number;
    let stands_for = format!("{} {}", run.driver.button_id(), button_of(number));
    keep_focus(&run);
    let run = StoredValue::new(run);
    let shown = Memo::new(move |_| {
        run.with_value(|run| view_of(portal, place.get(), run))
            .unwrap_or_else(|| first.clone())
    });
    let chosen = RwSignal::new(failed.then_some(PanelAction::PayAnotherWay));
    let unfolded = Memo::new(move |_| {
        let offered = |action: &PanelAction| shown.with(|view| view.actions().contains(action));
        chosen.get().filter(offered)
    });
    let press = Callback::new(move |action: PanelAction| {
        if action.unfolds() {
            let again = unfolded.get_untracked() == Some(action);
            chosen.set(Some(action).filter(|_| !again));
        } else {
            run.with_value(|run| pressed(checkouts, run, action));
        }
    });
    let more = move || match unfolded.get() {
        Some(PanelAction::PayAnotherWay) => {
            let end = Callback::new(move |()| chosen.set(None));
            once_here(move |parts| (parts.another_way)(run.get_value(), end))
        }
        Some(PanelAction::OnPhone) => {
            once_here(move |parts| (parts.on_phone)(run.with_value(|run| run.driver.clone())))
        }
        _ => ().into_any(),
    };
    Some(view! {
        <CheckoutPanel
            number=number
            view=shown
            stands_for=Some(stands_for)
            unfolded=unfolded
            more=more
            on_press=press
        />
    })
}

/// When the window has gone, or the page can no longer be paid on, the keyboard comes to what the
/// panel has to press of a payment that is made, else back to the button that was pressed for it,
/// or where that has gone to the panel's heading.
fn keep_focus(run: &Run) {
    let button = run.driver.button_id();
    if button.is_empty() {
        return;
    }
    let heading = format!("#{}", panel_heading_id(run.number));
    // The button of a payment that is made may still be there, off.
    let places = vec![resting_place(&heading), format!("#{button}"), heading];
    let machine = run.driver.machine();
    let without_window = Memo::new(move |_| {
        machine.with(|machine| {
            let not_payable = !matches!(machine.phase, Phase::Opening | Phase::Open);
            (machine.window == WindowView::Closed, not_payable)
        })
    });
    Effect::new(move |before: Option<(bool, bool)>| {
        let now = without_window.get();
        let news = before.is_some_and(|before| (now.0 && !before.0) || (now.1 && !before.1));
        if news {
            focus_one_of(places.clone());
        }
        now
    });
}

fn view_of(portal: PortalState, place: Option<Route>, run: &Run) -> Option<PanelView> {
    let machine = run.driver.machine().get();
    let asked = run.driver.asked();
    let method = asked.as_ref().map(|asked| asked.method.clone());
    let total = asked.map(|asked| asked.displayed_total);
    let checkout = machine.checkout.as_ref();
    let currency = checkout
        .map(|of| of.total)
        .or(total)
        .map(|of| of.currency());
    let host = portal.of(|portal| {
        let used = portal
            .methods
            .iter()
            .find(|known| Some(&known.id) == method.as_ref());
        used.map(|method| method.pay_host.clone())
            .unwrap_or_default()
    });
    let context = PanelContext {
        asked: total,
        portal: portal.of(|portal| portal.name.clone()),
        host,
        link: run.driver.link().get(),
        several_ways: several(&methods_in(portal, currency)),
        here: match place {
            Some(Route::Payment(payment)) => Some(payment),
            _ => None,
        },
    };
    panel_view(&machine, context)
}

fn several(methods: &[api_types::PaymentMethod]) -> bool {
    let options = methods.iter().map(|method| method.options.len());
    methods.len() > 1 || options.sum::<usize>() > 1
}

/// Called inside the click: a window may have to open.
fn pressed(checkouts: Checkouts, run: &Run, action: PanelAction) {
    let driver = &run.driver;
    match action {
        PanelAction::FollowLink => driver.link_followed(),
        PanelAction::ShowWindow
        | PanelAction::OpenAgain
        | PanelAction::Resume
        | PanelAction::GoThere => driver.tell(Event::ShowPressed),
        PanelAction::IHavePaid => driver.tell(Event::PaidPressed),
        PanelAction::Cancel => driver.tell(Event::CancelPressed),
        PanelAction::ChangeAnyway => driver.change_anyway(),
        PanelAction::KeepPage => driver.tell(Event::KeepPressed),
        PanelAction::TryAgain => try_again(checkouts, run),
        PanelAction::Close => put_away(checkouts, run),
        // Browsers do the first; the others show more within the panel.
        PanelAction::ViewPayment | PanelAction::OnPhone | PanelAction::PayAnotherWay => {}
    }
}

/// Takes the panel away, and brings the keyboard to the button that was pressed for it, or to the
/// page's heading.
fn put_away(checkouts: Checkouts, run: &Run) {
    let button = run.driver.button_id().to_owned();
    checkouts.put_away(run.number);
    let places = [button, PAGE_HEADING_ID.to_owned()];
    let ids = places.into_iter().filter(|id| !id.is_empty());
    focus_one_of(ids.map(|id| format!("[id=\"{id}\"]")).collect());
}

fn try_again(checkouts: Checkouts, run: &Run) {
    let machine = run.driver.machine().get_untracked();
    if machine.phase == Phase::Refused(Refusal::Away) {
        run.driver.retry();
        return;
    }
    let Some(checkout) = machine.checkout else {
        return;
    };
    let button_id = run.driver.button_id().to_owned();
    checkouts.start(Intent {
        pays_for: checkout.pays_for,
        window: checkout.instructions.is_none() && !checkout.pay_host.is_empty(),
        method: checkout.method,
        option: checkout.option,
        displayed_total: checkout.total,
        button_id,
    });
}
