//! The time zone that times are shown in: the portal's, or this device's where
//! the customer wants that. Days never follow it, and files keep the portal's.

use leptos::prelude::*;

use super::{PortalState, use_portal};
use crate::browser::intl;
use crate::browser::storage::{self, Remembered};
use crate::i18n;

/// How the choice is remembered.
const DEVICE: &str = "device";

/// The choice between the two zones.
#[derive(Clone, Copy)]
pub struct TimeZones {
    wants_device: RwSignal<bool>,
    device: StoredValue<Option<String>>,
    portal: PortalState,
}

impl TimeZones {
    /// The portal's zone.
    pub fn portal(self) -> String {
        self.portal.of(|portal| portal.time_zone.clone())
    }

    /// The device's zone, where it is another one than the portal's.
    pub fn device(self) -> Option<String> {
        let portal = self.portal();
        self.device.get_value().filter(|device| *device != portal)
    }

    /// Whether times are shown in the device's zone.
    pub fn is_device(self) -> bool {
        self.wants_device.get() && self.device().is_some()
    }

    /// The zone that times are shown in.
    pub fn shown(self) -> String {
        let device = self.device().filter(|_| self.wants_device.get());
        device.unwrap_or_else(|| self.portal())
    }

    /// Chooses the device's zone, or the portal's, and remembers it.
    pub fn choose_device(self, wanted: bool) {
        storage::set(Remembered::TimeZone, wanted.then_some(DEVICE));
        self.wants_device.set(wanted);
    }

    /// Lets everything that is built from now on tell its times in the chosen zone.
    pub fn apply(self) {
        i18n::set_time_zone(&self.portal());
        i18n::show_times_in(&self.shown());
    }
}

/// Reads what the customer chose last.
pub fn provide_time_zones() {
    let wants_device = storage::get(Remembered::TimeZone).as_deref() == Some(DEVICE);
    provide_context(TimeZones {
        wants_device: RwSignal::new(wants_device),
        device: StoredValue::new(intl::device_zone()),
        portal: use_portal(),
    });
}

/// The choice.
pub fn use_time_zones() -> TimeZones {
    expect_context()
}
