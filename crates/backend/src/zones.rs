//! Time zones by their names. Whatever reads the name of a zone (a setting, an import, a query)
//! asks here, so that all agree on what is one: names that every browser knows too.

use std::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Names that databases of zones have, and that are no zones: what stands in a computer's zone
/// before anybody has chosen one, and files of the system's that are copies or links.
const NO_ZONES: [&str; 4] = ["Factory", "Etc/Unknown", "localtime", "posixrules"];
/// The areas in which IANA names new zones, as in `America/Coyhaique`.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// A name that is no IANA time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone(String);

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no IANA time zone such as Europe/Dublin or America/New_York",
            self.0
        )
    }
}

impl std::error::Error for UnknownZone {}

/// The zone with a name.
///
/// # Errors
/// There is no zone with this name, or the name is one that only files have.
pub fn zone_named(name: &str) -> Result<TimeZone, UnknownZone> {
    let unknown = || UnknownZone(name.to_owned());
    if NO_ZONES.iter().any(|no| no.eq_ignore_ascii_case(name)) {
        return Err(unknown());
    }
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    // The system's folder has further names, as `posix/Europe/Dublin`, that no browser knows. It
    // may also be younger than the copy in this program, and have zones that are new.
    let is_in_an_area = name
        .split_once('/')
        .is_some_and(|(area, _)| AREAS.iter().any(|known| known.eq_ignore_ascii_case(area)));
    if is_in_an_area || TimeZoneDatabase::bundled().get(name).is_ok() {
        Ok(zone)
    } else {
        Err(unknown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_iana_is_one() {
        for name in [
            "Europe/Dublin",
            "America/Argentina/Buenos_Aires",
            "Asia/Kolkata",
            "America/Coyhaique",
            "Etc/GMT+5",
            "UTC",
            "GMT",
            "EST5EDT",
            "europe/dublin",
        ] {
            assert!(zone_named(name).is_ok(), "{name}");
        }
        let all = TimeZoneDatabase::bundled();
        let refused: Vec<_> = all
            .available()
            .map(|name| name.to_string())
            .filter(|name| zone_named(name).is_err())
            .collect();
        assert_eq!(refused, ["Factory"]);
    }

    #[test]
    fn what_only_lies_beside_the_zones_is_none() {
        for name in [
            "Factory",
            "factory",
            "Etc/Unknown",
            "etc/unknown",
            "localtime",
            "posixrules",
            "posix/Europe/Dublin",
            "right/Europe/Dublin",
            "posix/localtime",
            "right/Factory",
            "zone.tab",
            "tzdata.zi",
            "leapseconds",
            "Europe",
            "Europe/",
            "Europe/Nowhere",
            "Europe/../Factory",
            "../zoneinfo/Europe/Dublin",
            "/usr/share/zoneinfo/Europe/Dublin",
            "Dublin",
            "+01:00",
            "",
        ] {
            let told = zone_named(name).map(|_| ()).unwrap_err().to_string();
            assert!(told.contains(&format!("`{name}`")), "{told}");
        }
    }
}
