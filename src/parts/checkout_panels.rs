//! Every checkout of this tab, and the ones started elsewhere, as panels.

use leptos::prelude::*;

use super::panel_view::{Surroundings, panel_view};
use crate::checkout::machine::Event;
use crate::checkout::{Intent, Phase, Refusal};
use crate::components::{CheckoutPanel, LiveRegion, PanelAction, PanelView};
use crate::state::{Checkouts, PortalState, Run, use_checkouts, use_portal};

/// A panel for each checkout that is shown.
#[component]
pub fn CheckoutPanels() -> impl IntoView {
    let checkouts = use_checkouts();
    let portal = use_portal();
    // A panel that came late would push down what stands below it.
    let asking =
        move || (!checkouts.known()).then(|| view! { <span data-loading="" hidden=true></span> });
    view! {
        {asking}
        <For each=move || checkouts.runs() key=|run| run.number let:run>
            {one(checkouts, portal, run)}
        </For>
    }
}

/// Tells a screen reader where the newest payment is, wherever the customer is.
#[component]
pub fn CheckoutAnnouncements() -> impl IntoView {
    let checkouts = use_checkouts();
    let portal = use_portal();
    let text = Memo::new(move |_| {
        let newest = checkouts.runs().into_iter().next();
        newest
            .and_then(|run| view_of(portal, &run))
            .map(|view| view.announcement())
    });
    view! { <LiveRegion text=Signal::derive(move || text.get().unwrap_or_default()) /> }
}

fn one(checkouts: Checkouts, portal: PortalState, run: Run) -> Option<impl IntoView> {
    // A run was either asked for here or is known by the server, so there is an amount.
    let first = untrack(|| view_of(portal, &run))?;
    let number = run.number;
    let run = StoredValue::new(run);
    let shown = Memo::new(move |_| {
        run.with_value(|run| view_of(portal, run))
            .unwrap_or_else(|| first.clone())
    });
    let press = Callback::new(move |action| {
        run.with_value(|run| pressed(checkouts, run, action));
    });
    Some(view! { <CheckoutPanel number=number view=shown on_press=press /> })
}

fn view_of(portal: PortalState, run: &Run) -> Option<PanelView> {
    let machine = run.driver.machine().get();
    let asked = run.driver.asked();
    let method = asked.map(|asked| asked.method.clone());
    let host = portal.of(|portal| {
        let used = portal
            .methods
            .iter()
            .find(|known| Some(&known.id) == method.as_ref());
        used.map(|method| method.pay_host.clone())
            .unwrap_or_default()
    });
    let around = Surroundings {
        asked: asked.map(|asked| asked.displayed_total),
        portal: portal.of(|portal| portal.name.clone()),
        host,
        link: run.driver.link().get(),
    };
    panel_view(&machine, around)
}

/// Called inside the click: a window may have to open.
fn pressed(checkouts: Checkouts, run: &Run, action: PanelAction) {
    match action {
        PanelAction::FollowLink => run.driver.link_followed(),
        PanelAction::ShowWindow | PanelAction::OpenAgain => run.driver.tell(Event::ShowPressed),
        PanelAction::IHavePaid => run.driver.tell(Event::PaidPressed),
        PanelAction::Cancel => run.driver.tell(Event::CancelPressed),
        PanelAction::TryAgain => try_again(checkouts, run),
        PanelAction::PayAnotherWay | PanelAction::Close => checkouts.put_away(run.number),
    }
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
    checkouts.press(Intent {
        pays_for: checkout.pays_for,
        window: checkout.instructions.is_none() && !checkout.pay_host.is_empty(),
        method: checkout.method,
        option: checkout.option,
        displayed_total: checkout.total,
        button_id,
    });
}
