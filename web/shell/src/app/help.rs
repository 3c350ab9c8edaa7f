//! Calling a helper, and being one who is called.

use std::mem;

use shared::{
    help::{HelpAct, HelpNews},
    protocol::{ClientMessage, Destination, VisitorId},
};

use super::App;
use crate::{
    page::{self, ticket},
    words::{Words, number, text},
};

/// What the page knows of it.
#[derive(Clone, Debug, Default)]
pub struct Helping {
    /// Whether the visitor has called, and nobody has come yet.
    pub called: bool,
    /// The calls that a helper can answer: the latest last.
    pub calls: Vec<Call>,
}

/// Someone calls for a helper.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who.
    pub caller: VisitorId,
    /// The name.
    pub name: String,
    /// Where: [`shared::city::Place::id`].
    pub place: String,
}

impl Call {
    /// What a helper reads and hears of it.
    pub fn told(&self, words: &Words) -> String {
        let place = words.of_city("place", &self.place);
        words.say_with(
            "help-called",
            &[("name", text(&self.name)), ("place", text(&place))],
        )
    }
}

impl Helping {
    /// Nobody is to be gone to any more.
    pub(super) fn forget(&mut self, caller: VisitorId) {
        self.calls.retain(|call| call.caller != caller);
    }
}

impl App {
    /// Calls, or needs nobody any more.
    pub(super) fn call_helper(&mut self, call: bool) {
        self.send(&ClientMessage::Help(if call {
            HelpAct::Call
        } else {
            HelpAct::Over
        }));
        if !call {
            self.note_call(false);
            self.tell("notice-help-over");
        }
    }

    /// The visitor is in, perhaps at another relay than before: those who call are told of anew, and whoever called
    /// asks what has become of it, or calls again where nobody knows of it.
    pub(super) fn helping_begins(&mut self, resumed: bool) {
        self.helping.calls.clear();
        // A page that was loaded anew knows of it from before.
        if mem::take(&mut self.helping.called) || resumed && ticket::has_called() {
            self.send(&ClientMessage::Help(HelpAct::Call));
        }
    }

    fn note_call(&mut self, called: bool) {
        self.helping.called = called;
        ticket::keep_call(called);
    }

    /// A helper goes to whoever called, wherever that is.
    pub(super) fn come(&mut self, caller: VisitorId) {
        let Some(world) = self.world.clone().filter(|_| self.session.is_in()) else {
            return self.tell("notice-not-connected");
        };
        {
            let mut world = world.borrow_mut();
            world.controls.stop();
            world.me.await_set_down(page::now_ms());
        }
        self.greet(Some(Destination {
            beside: Some(caller),
            ..Destination::default()
        }));
    }

    /// Something was told about a call.
    pub(super) fn help_came(&mut self, news: HelpNews) {
        let Some(words) = self.words.clone() else { return };
        let with_name = |key, name: &str| words.say_with(key, &[("name", text(name))]);
        match news {
            HelpNews::Told { helpers } => {
                self.note_call(true);
                self.tell_text(words.say_with("notice-help-told", &[("count", number(helpers))]));
            }
            HelpNews::Comes { name, .. } => {
                self.note_call(false);
                self.tell_text(with_name("notice-help-comes", &name));
            }
            HelpNews::Called {
                visitor: caller,
                name,
                place,
            } => {
                let call = Call { caller, name, place };
                self.speak(call.told(&words));
                self.helping.forget(caller);
                self.helping.calls.push(call);
            }
            HelpNews::Over { visitor } => {
                let me = self.world.as_ref().map(|world| world.borrow().me.visitor);
                if me == Some(visitor) {
                    self.note_call(false);
                    self.tell("notice-help-ended");
                }
                self.helping.forget(visitor);
            }
        }
    }
}
