//! `Time Zone`: in which zone times are shown.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::components::{Choice, SelectField, focus_field};
use crate::i18n::{fill, key, t};
use crate::state::{use_portal, use_time_zones};

const PORTAL: &str = "portal";
const DEVICE: &str = "device";

/// The choice between the portal's zone and the device's, or, where they are
/// the same, which one it is.
#[component]
pub fn TimeZone(
    /// The id of its field, unique on the page.
    name: &'static str,
) -> impl IntoView {
    let (zones, portal) = (use_time_zones(), use_portal());
    let choices = move || {
        let provider = portal.of(|portal| portal.name.clone());
        let of_portal = fill(
            key::common::ZONE_OF_PORTAL,
            [
                ("zone", &readable_zone(&zones.portal())),
                ("name", &provider),
            ],
        );
        let of_device = zones.device().map(|zone| {
            fill(
                key::common::ZONE_OF_DEVICE,
                [("zone", &readable_zone(&zone))],
            )
        });
        [Choice::new(PORTAL, of_portal)]
            .into_iter()
            .chain(of_device.map(|words| Choice::new(DEVICE, words)))
            .collect::<Vec<_>>()
    };
    let value = move || if zones.is_device() { DEVICE } else { PORTAL }.to_owned();
    let choose = move |chosen: String| {
        zones.choose_device(chosen == DEVICE);
        // The page is built anew with the other times, and this field with it.
        spawn_local(async move {
            tick().await;
            focus_field(name);
        });
    };
    let only_one = Signal::derive(move || zones.device().is_none());
    view! {
        <SelectField
            label=t(key::common::TIME_ZONE)
            name=name
            choices=Signal::derive(choices)
            value=Signal::derive(value)
            on_change=Callback::new(choose)
            locked=only_one
        />
    }
}

/// That files keep the portal's zone, where the screen shows another one.
#[component]
pub fn FileZoneNote() -> impl IntoView {
    let zones = use_time_zones();
    move || {
        zones.is_device().then(|| {
            let words = fill(
                key::common::ZONE_OF_FILES,
                [("zone", &readable_zone(&zones.portal()))],
            );
            view! { <p class="file_zone">{words}</p> }
        })
    }
}

/// An IANA name as people write it.
pub(super) fn readable_zone(zone: &str) -> String {
    zone.replace('_', " ")
}
