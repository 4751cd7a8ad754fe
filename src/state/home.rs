//! What stands on the first screen, read once for all: the screen itself, and
//! the count of things to do beside its place in the navigation.

use api_types::Home;
use leptos::prelude::*;

use super::load::{Loaded, load_when};
use super::use_session;

#[derive(Clone, Copy)]
struct HomeState(Loaded<Home>);

/// Reads it for whoever is signed in.
pub fn provide_home() {
    let session = use_session();
    let person = Memo::new(move |_| session.session().map(|session| session.customer));
    let home = load_when(
        move || person.get(),
        |api, _| async move { api.home().await },
    );
    provide_context(HomeState(home));
}

/// What stands on the first screen.
pub fn use_home() -> Loaded<Home> {
    expect_context::<HomeState>().0
}
