//! What is asked for: of which service, and in which way. Pure.

use api_types::{BookingChoices, OfferedTime, RequestEvent, ServiceOffer};

use crate::route::RequestChoice;

/// The service that is asked for: the one that the address names where it is
/// offered, else the first.
pub(super) fn offer_of(choices: &BookingChoices, named: Option<&str>) -> Option<ServiceOffer> {
    let services = &choices.services;
    let wanted = services
        .iter()
        .find(|offer| Some(offer.service.as_str()) == named);
    wanted.or(services.first()).cloned()
}

/// Whether it is asked for as a video session.
pub(super) fn by_video(offer: &ServiceOffer, choice: &RequestChoice) -> bool {
    offer.video && (choice.video || !offer.in_person)
}

/// Whether the customer can choose between a place and a video session.
pub(super) fn both_ways(offer: &ServiceOffer) -> bool {
    offer.video && offer.in_person
}

/// The request, as the server takes it.
pub(super) fn request_body(
    offer: &ServiceOffer,
    time: &OfferedTime,
    video: bool,
    attendees: Vec<String>,
    note: &str,
) -> RequestEvent {
    let note = note.trim();
    RequestEvent {
        service: offer.service.clone(),
        person: time.person.clone(),
        starts_at: time.starts_at,
        video,
        attendees,
        note: (!note.is_empty()).then(|| note.to_owned()),
        displayed_fee: offer.fee,
    }
}

#[cfg(test)]
mod tests {
    use api_types::{BookingMode, Timestamp};

    use super::*;

    fn offer(service: &str, in_person: bool, video: bool) -> ServiceOffer {
        ServiceOffer {
            service: service.to_owned(),
            minutes: 45,
            in_person,
            video,
            fee: None,
            deposit: None,
            hold_minutes: None,
            mode: BookingMode::Book,
            free_cancel_hours: None,
        }
    }

    fn choices(services: Vec<ServiceOffer>) -> BookingChoices {
        BookingChoices {
            services,
            attendees: vec![],
            open: 0,
            most_open: 3,
            reason: None,
            version: 1,
        }
    }

    #[test]
    fn a_service_that_is_not_offered_gives_way_to_the_first() {
        let choices_of = choices(vec![
            offer("Massage", true, false),
            offer("Yoga", true, false),
        ]);
        for (named, found) in [
            (None, "Massage"),
            (Some("Yoga"), "Yoga"),
            (Some("Tennis"), "Massage"),
        ] {
            let offer = offer_of(&choices_of, named).unwrap();
            assert_eq!(offer.service, found, "{named:?}");
        }
        assert_eq!(offer_of(&choices(vec![]), Some("Yoga")), None);
    }

    #[test]
    fn what_is_offered_in_one_way_only_is_asked_for_in_that_way() {
        let wants = |video| RequestChoice {
            video,
            ..RequestChoice::default()
        };
        let (both, place, video) = (
            offer("A", true, true),
            offer("B", true, false),
            offer("C", false, true),
        );
        assert!(both_ways(&both) && !both_ways(&place) && !both_ways(&video));
        assert!(by_video(&both, &wants(true)) && !by_video(&both, &wants(false)));
        assert!(!by_video(&place, &wants(true)));
        assert!(by_video(&video, &wants(false)));
    }

    #[test]
    fn a_note_of_blanks_is_none() {
        let at = Timestamp::parse("2026-12-01T10:00:00Z").unwrap();
        let time = OfferedTime {
            starts_at: at,
            ends_at: at,
            person: "Ada".to_owned(),
            location: None,
            zone: "Europe/Dublin".to_owned(),
        };
        let noted = |note| request_body(&offer("A", true, true), &time, false, vec![], note).note;
        assert_eq!(noted(" \n"), None);
        assert_eq!(noted(" My knee. ").as_deref(), Some("My knee."));
    }
}
