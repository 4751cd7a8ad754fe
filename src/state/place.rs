//! Where the customer is, as a [`Route`], and what the browser's tab says.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use send_wrapper::SendWrapper;

use super::use_portal;
use crate::browser::page;
use crate::route::Route;

/// The screen that the address names; `None` is one that the app does not have.
pub fn use_route() -> Memo<Option<Route>> {
    let location = use_location();
    let base = page::base_path();
    Memo::new(move |_| {
        let path = location.pathname.get();
        let below = path.strip_prefix(&base).unwrap_or(&path);
        Route::parse(below, &location.search.get())
    })
}

/// Lets the address bar follow a pressed link once the screen behind it stands:
/// the router waits to be told so.
pub fn follow_links() {
    let path = use_location().pathname;
    let history = use_context::<BrowserUrl>();
    Effect::new(move |_| {
        path.track();
        if let Some(history) = &history {
            history.ready_to_complete();
        }
    });
}

/// Goes to a screen in the place of this one: Back does not return here.
pub fn use_redirect() -> impl Fn(&Route) + Clone + Send + Sync + 'static {
    let navigate = SendWrapper::new(use_navigate());
    move |route| {
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&route.absolute(), options);
    }
}

/// How a change of the address stands in the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Back undoes it.
    Forward,
    /// It takes the place of what was there.
    InPlace,
}

/// Changes what the address says about the screen that is shown, as a filter or
/// a sheet does: nothing scrolls, and the keyboard stays.
pub fn use_change() -> impl Fn(&Route, Step) + Clone + Send + Sync + 'static {
    let navigate = SendWrapper::new(use_navigate());
    move |route, step| {
        let options = NavigateOptions {
            replace: step == Step::InPlace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&route.absolute(), options);
    }
}

/// Names the page in the browser's tab: the page first, then the provider.
pub fn use_title(page_name: impl Fn() -> String + 'static) {
    let portal = use_portal();
    Effect::new(move |_| {
        let portal_name = portal.of(|portal| portal.name.clone());
        let parts = [page_name(), portal_name];
        let named: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        page::set_title(&named.join(" \u{b7} "));
    });
}
