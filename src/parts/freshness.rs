//! How fresh what is on screen is.

use api_types::Versioned;
use leptos::prelude::*;

use crate::components::Freshness;
use crate::state::{Loaded, Reach, use_live};

/// Live while the last reading went well, old once one has failed, offline
/// while the server does not answer at all.
pub fn use_freshness<V>(loaded: Loaded<V>) -> Signal<Freshness>
where
    V: Versioned + Clone + Send + Sync + 'static,
{
    let live = use_live();
    Signal::derive(move || match (live.reach(), loaded.error()) {
        (Reach::Away, _) => Freshness::Offline,
        (_, Some(_)) => Freshness::Old,
        (_, None) => Freshness::Live,
    })
}
