//! The machine against a model of a server: a history of what is true, of which
//! the machine hears late, twice, out of order, or not at all.

use proptest::prelude::*;

use super::*;
use crate::checkout::machine::Look;

/// What was true at each version.
#[derive(Clone, Debug)]
struct History(Vec<Checkout>);

/// One thing that happens between the server and the portal.
#[derive(Clone, Debug)]
enum Happening {
    /// The next thing becomes true.
    Moves,
    /// The server reads what is true for the oldest question that it has not read for.
    Reads,
    /// One of the answers arrives; it may arrive again.
    Arrives { which: usize, twice: bool },
    /// One of the answers, or its question, is lost.
    IsLost { which: usize },
    /// Anything else that the machine hears of.
    Tells(Box<Event>),
}

struct World {
    history: History,
    at: usize,
    machine: Machine,
    unread: usize,
    answers: Vec<Checkout>,
}

impl World {
    fn now(&self) -> &Checkout {
        &self.history.0[self.at]
    }

    fn tell(&mut self, event: Event) -> Result<Vec<Effect>, TestCaseError> {
        let before = self.machine.clone();
        let (machine, effects) = before.clone().step(event);
        let truth = &self.history.0[..=self.at];
        let was_paid = truth
            .iter()
            .any(|known| known.status == CheckoutStatus::Paid);
        prop_assert!(
            machine.phase != Phase::Paid || was_paid,
            "paid before it was"
        );
        prop_assert!(
            before.phase != Phase::Paid || machine.phase == Phase::Paid,
            "unpaid"
        );
        let version = |of: &Machine| of.checkout.as_ref().map_or(0, |known| known.version);
        prop_assert!(version(&machine) >= version(&before), "an older version");
        self.unread += effects
            .iter()
            .filter(|effect| **effect == Effect::Ask)
            .count();
        self.machine = machine;
        Ok(effects)
    }

    fn happen(&mut self, happening: Happening) -> Result<(), TestCaseError> {
        match happening {
            Happening::Moves => self.at = (self.at + 1).min(self.history.0.len() - 1),
            Happening::Reads if self.unread > 0 => {
                self.unread -= 1;
                self.answers.push(self.now().clone());
            }
            Happening::Reads => {}
            Happening::Arrives { which, twice } if !self.answers.is_empty() => {
                let which = which % self.answers.len();
                let answer = if twice {
                    self.answers[which].clone()
                } else {
                    self.answers.remove(which)
                };
                self.tell(Event::Answered(Box::new(answer)))?;
            }
            Happening::IsLost { which } if !self.answers.is_empty() => {
                self.answers.remove(which % self.answers.len());
                let lost = ApiError::Away(TransportError::TimedOut);
                self.tell(Event::Unanswered(lost))?;
            }
            Happening::Arrives { .. } | Happening::IsLost { .. } => {}
            Happening::Tells(event) => {
                self.tell(*event)?;
            }
        }
        Ok(())
    }

    /// Everything that is still under way arrives, the newest first.
    fn come_to_rest(&mut self) -> Result<(), TestCaseError> {
        while let Some(answer) = self.answers.pop() {
            self.tell(Event::Answered(Box::new(answer)))?;
        }
        while self.unread > 0 {
            self.unread -= 1;
            let answer = Box::new(self.now().clone());
            self.tell(Event::Answered(answer))?;
        }
        Ok(())
    }
}

/// What may be true after this, beside the same again: the way of the checkout.
fn after(status: CheckoutStatus) -> Vec<CheckoutStatus> {
    use CheckoutStatus::*;
    match status {
        Created => vec![Open, Failed, Cancelled, Paid],
        Open => vec![
            Open,
            Confirming,
            Paid,
            Failed,
            Cancelled,
            Expired,
            NeedsReview,
        ],
        Confirming => vec![Paid, Failed, NeedsReview],
        NeedsReview => vec![Paid, Failed, Cancelled],
        // Late money.
        Failed | Cancelled | Expired => vec![Paid, NeedsReview],
        _ => vec![],
    }
}

fn any_history() -> impl Strategy<Value = History> {
    let steps = prop::collection::vec((0usize..7, 1u64..3, any::<bool>()), 0..6);
    steps.prop_map(|steps| {
        let mut all = vec![a_checkout(CheckoutStatus::Created, 1)];
        for (choice, versions, changes) in steps {
            let last = all.last().unwrap().clone();
            let choices = after(last.status);
            let Some(status) = choices.get(choice % choices.len().max(1)) else {
                break;
            };
            let open = *status == CheckoutStatus::Open;
            all.push(Checkout {
                attempt: last.attempt + u32::from(open && changes),
                launched: last.launched || open,
                ..a_checkout(*status, last.version + versions)
            });
        }
        History(all)
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let opened = [
        Opened::Window,
        Opened::Nothing,
        Opened::Here,
        Opened::Unneeded,
    ];
    prop_oneof![
        prop::sample::select(opened.to_vec()).prop_map(Event::WindowOpened),
        prop::sample::select(vec![Look::Soon, Look::Later, Look::Last]).prop_map(Event::LookDue),
        prop::sample::select(vec![
            Event::Refused(ApiError::Away(TransportError::Unreachable)),
            Event::Unanswered(ApiError::Garbled { status: 502 }),
            Event::CancelFailed(refused_with(Code::CheckoutOver)),
            Event::ChangeFailed(refused_with(Code::PageStillOpen)),
            Event::ChangeFailed(ApiError::Away(TransportError::TimedOut)),
            Event::Hinted,
            Event::WindowGone,
            Event::WindowCut,
            Event::PollDue,
            Event::ShowPressed,
            Event::PaidPressed,
            Event::CancelPressed,
            Event::ChangePressed,
            Event::KeepPressed,
            Event::RetryPressed,
        ]),
    ]
}

fn any_happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        2 => Just(Happening::Moves),
        4 => Just(Happening::Reads),
        4 => (any::<usize>(), any::<bool>())
            .prop_map(|(which, twice)| Happening::Arrives { which, twice }),
        1 => any::<usize>().prop_map(|which| Happening::IsLost { which }),
        5 => any_event().prop_map(|event| Happening::Tells(Box::new(event))),
    ]
}

/// A world after anything at all has happened to it. The answer to the press may be the first
/// thing that arrives, or never come; then the list of what is open makes that good.
fn run_world(history: History, happenings: Vec<Happening>) -> Result<World, TestCaseError> {
    let mut world = World {
        history,
        at: 0,
        machine: Machine::pressed().0,
        unread: 1,
        answers: vec![],
    };
    for happening in happenings {
        world.happen(happening)?;
    }
    Ok(world)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_one_hint_at_the_end_makes_it_right(
        history in any_history(),
        happenings in prop::collection::vec(any_happening(), 0..60),
    ) {
        let mut world = run_world(history, happenings)?;
        world.at = world.history.0.len() - 1;
        world.come_to_rest()?;
        if world.machine.checkout.is_none() {
            // Its answer was lost: the list of what is open has it.
            let listed = Box::new(world.now().clone());
            world.tell(Event::Answered(listed))?;
        }
        let effects = world.tell(Event::Hinted)?;
        prop_assert_eq!(effects, vec![Effect::Ask]);
        world.come_to_rest()?;
        let truth = world.now().status;
        prop_assert_eq!(&world.machine.phase, &Phase::of(truth));
        if truth.is_final() {
            prop_assert!(world.machine.phase.is_over(), "no end");
        }
        prop_assert!(!world.machine.checking, "still said to be checking");
    }

    #[test]
    fn while_it_is_pending_the_clock_asks(
        history in any_history(),
        happenings in prop::collection::vec(any_happening(), 0..60),
    ) {
        let world = run_world(history, happenings)?;
        let machine = world.machine;
        let (_, effects) = machine.clone().step(Event::PollDue);
        let pending = matches!(
            machine.phase,
            Phase::Open | Phase::Confirming | Phase::NeedsReview
        );
        prop_assert_eq!(effects == vec![Effect::Ask], pending);
        let (_, effects) = machine.clone().step(Event::Hinted);
        prop_assert_eq!(effects == vec![Effect::Ask], machine.checkout.is_some());
    }

    #[test]
    fn whoever_waits_is_never_left_without_anything_to_press(
        history in any_history(),
        happenings in prop::collection::vec(any_happening(), 0..60),
    ) {
        let world = run_world(history, happenings)?;
        let machine = world.machine;
        if machine.phase == Phase::Open {
            let (_, effects) = machine.clone().step(Event::PaidPressed);
            prop_assert_eq!(effects, vec![Effect::Ask]);
            let (_, effects) = machine.clone().step(Event::ShowPressed);
            prop_assert!(machine.changing || effects.len() == 1, "{:?}", effects);
        }
        let lost = machine.phase == Phase::Refused(Refusal::Away);
        let (_, effects) = machine.step(Event::RetryPressed);
        prop_assert_eq!(effects == vec![Effect::Create], lost);
    }

    #[test]
    fn the_end_is_told_once(
        history in any_history(),
        happenings in prop::collection::vec(any_happening(), 0..60),
    ) {
        let mut world = run_world(history, vec![])?;
        for happening in happenings {
            let is_over = |machine: &Machine| {
                machine.phase.is_over() && !matches!(machine.phase, Phase::Refused(_))
            };
            let over = is_over(&world.machine);
            let event = match happening {
                Happening::Tells(event) => *event,
                Happening::Moves => {
                    world.at = (world.at + 1).min(world.history.0.len() - 1);
                    continue;
                }
                _ => Event::Answered(Box::new(world.now().clone())),
            };
            let effects = world.tell(event)?;
            let told = effects.contains(&Effect::RestoreFocus) && effects.contains(&Effect::Forget);
            prop_assert_eq!(told, is_over(&world.machine) && !over);
        }
    }
}
