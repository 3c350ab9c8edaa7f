//! Many visitors on several relays, who walk to and fro, talk, and come back when their line is lost.
//!
//! What each of them sees is held against the truth: where everyone really stands, and what was really said.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use shared::{
    cell::Rate,
    protocol::{Reach, Said, Stance, VisitorId},
};
use tokio::{task::JoinSet, time::Instant};

use crate::{
    Relay, Visitor, apart,
    ground::{steps_from, world},
    hello,
    visitor::text_of,
};

/// Time between two steps of 25 cm: a stroll.
const STEP_EVERY: Duration = Duration::from_millis(250);

/// After so long without anyone moving, everyone sees everyone as they are.
const QUIET: Duration = Duration::from_secs(2);

/// How far off someone may be seen who is far away, in centimetres.
const FAR_CM: f32 = 8.0;

/// How far off someone else may be seen, in centimetres: a whole number of them is the same one.
const CLOSE_CM: f32 = 0.5;

/// Spots that the crowd is spread over, so that some are near one another and some far.
const SPOTS: usize = 4;

/// One in so many talks.
const TALKS: usize = 5;

/// Steps between two lines of one who talks: well within what a visitor may say.
const STEPS_A_LINE: usize = 6;

/// How long one looks for a relay that takes one in.
const COMES_BACK_WITHIN: Duration = Duration::from_secs(15);

/// How many visitors make a crowd here: `FULL` in the environment asks for what takes longer.
pub fn size(full: usize, otherwise: usize) -> usize {
    if std::env::var_os("FULL").is_some() {
        full
    } else {
        otherwise
    }
}

/// Visitors on several relays.
pub struct Crowd {
    members: Vec<Member>,
}

struct Member {
    visitor: Visitor,
    number: usize,
    /// Where it can come in.
    doors: Arc<Vec<String>>,
    way: Vec<Stance>,
    turn: usize,
    /// What it said, acknowledged or not.
    lines: Vec<String>,
    /// What was heard through earlier connections.
    past: Vec<Said>,
    /// Whether it was ever told that something is lost.
    gap: bool,
}

impl Crowd {
    /// So many arrive, in turn at each of the relays.
    pub async fn gather(relays: &[&Relay], count: usize) -> Result<Self> {
        let doors = Arc::new(relays.iter().map(|relay| relay.socket_url()).collect::<Vec<_>>());
        let members = stream::iter(0..count)
            .map(|number| Member::arrive(doors.clone(), number))
            .buffer_unordered(16)
            .try_collect()
            .await?;
        let mut crowd = Self { members };
        let ids: HashSet<VisitorId> = crowd.truth().keys().copied().collect();
        crowd
            .walk_until(
                Duration::from_secs(20),
                "everyone sees everyone",
                move |visitor| ids.iter().all(|id| visitor.seen.contains_key(id)),
            )
            .await?;
        Ok(crowd)
    }

    /// Who came in at a relay.
    pub fn of(&self, relay: &Relay) -> HashSet<VisitorId> {
        let door = relay.socket_url();
        let came_in = |member: &&Member| member.doors[member.number % member.doors.len()] == door;
        self.members
            .iter()
            .filter(came_in)
            .map(|member| member.visitor.id())
            .collect()
    }

    /// Everyone, for what a test wants to know.
    pub fn visitors(&self) -> impl Iterator<Item = &Visitor> {
        self.members.iter().map(|member| &member.visitor)
    }

    /// All leave with a good-bye.
    pub async fn leave(self) -> Result<()> {
        for member in self.members {
            member.visitor.leave().await?;
        }
        Ok(())
    }

    /// From now on, [`Self::longest_pause`] begins anew.
    pub fn forget_pauses(&mut self) {
        for member in &mut self.members {
            member.visitor.longest_pause = Duration::ZERO;
        }
    }

    /// The longest time that any of them was shown nothing.
    pub fn longest_pause(&self) -> Duration {
        let pauses = self.visitors().map(|visitor| visitor.longest_pause);
        pauses.max().unwrap_or_default()
    }

    /// All walk and talk for a time.
    pub async fn walk_for(&mut self, time: Duration) -> Result<()> {
        self.walk(time, |_| false).await.map(drop)
    }

    /// All walk and talk until something is so for each of them at once; an error when that takes too long.
    pub async fn walk_until(
        &mut self,
        limit: Duration,
        what: &str,
        so: impl Fn(&Visitor) -> bool + Send + Sync + 'static,
    ) -> Result<Duration> {
        let began = Instant::now();
        let missing = self.walk(limit, so).await?;
        ensure!(
            missing == 0,
            "after {limit:?}, for {missing} of {} it is not so that {what}",
            self.members.len()
        );
        Ok(began.elapsed())
    }

    /// Walks in tasks; for how many the condition did not hold at the end.
    async fn walk(
        &mut self,
        limit: Duration,
        so: impl Fn(&Visitor) -> bool + Send + Sync + 'static,
    ) -> Result<usize> {
        let so = Arc::new(so);
        let over = Arc::new(AtomicBool::new(false));
        let holds: Vec<Arc<AtomicBool>> = self.members.iter().map(|_| Arc::default()).collect();
        let mut walking = JoinSet::new();
        for (mut member, holds) in self.members.drain(..).zip(holds.clone()) {
            let (so, over) = (so.clone(), over.clone());
            walking.spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    member.step().await?;
                    holds.store(so(&member.visitor), Ordering::Relaxed);
                }
                Ok::<_, anyhow::Error>(member)
            });
        }
        let missing = || {
            holds
                .iter()
                .filter(|holds| !holds.load(Ordering::Relaxed))
                .count()
        };
        let deadline = Instant::now() + limit;
        while missing() > 0 && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let missing = missing();
        over.store(true, Ordering::Relaxed);
        while let Some(member) = walking.join_next().await {
            self.members.push(member??);
        }
        Ok(missing)
    }

    /// All stand still, for [`QUIET`]; then everyone's view is the truth, and whatever was acknowledged was heard once by
    /// everyone, or they were told of a gap.
    pub async fn agrees_after_quiet(&mut self) -> Result<()> {
        let mut resting = JoinSet::new();
        for mut member in self.members.drain(..) {
            resting.spawn(async move {
                member.visitor.watch_for(QUIET).await?;
                Ok::<_, anyhow::Error>(member)
            });
        }
        while let Some(member) = resting.join_next().await {
            self.members.push(member??);
        }
        let truth = self.truth();
        let acknowledged: Vec<&String> = self.members.iter().flat_map(Member::acknowledged).collect();
        let mut complaints = String::new();
        for member in &self.members {
            let found = member.against(&truth, &acknowledged);
            if !found.is_empty() {
                let _ = writeln!(complaints, "{}: {}", member.name(), found.join(", "));
            }
        }
        ensure!(
            complaints.is_empty(),
            "views differ from the truth:\n{complaints}"
        );
        ensure!(!acknowledged.is_empty(), "nobody said anything");
        Ok(())
    }

    /// Where everyone stands.
    fn truth(&self) -> HashMap<VisitorId, Stance> {
        let stances = self
            .members
            .iter()
            .map(|member| (member.visitor.id(), member.visitor.own));
        stances.collect()
    }
}

impl Member {
    async fn arrive(doors: Arc<Vec<String>>, number: usize) -> Result<Self> {
        let spots = &world().0.spots;
        let mut hello = hello(&format!("v{number}"));
        hello.destination.spot = Some(spots[number % SPOTS.min(spots.len())].id.clone());
        let visitor = Visitor::enter_at(&doors[number % doors.len()], hello).await?;
        Ok(Self {
            way: steps_from(visitor.own, 4),
            visitor,
            number,
            doors,
            turn: number,
            lines: Vec::new(),
            past: Vec::new(),
            gap: false,
        })
    }

    fn name(&self) -> String {
        format!("v{}", self.number)
    }

    /// One step, and now and then a line; then it looks around.
    async fn step(&mut self) -> Result<()> {
        self.turn += 1;
        // A line that is lost shows when reading.
        let _ = self.visitor.claim(self.way[self.turn % self.way.len()]).await;
        if self.number.is_multiple_of(TALKS) && self.turn.is_multiple_of(STEPS_A_LINE) {
            let line = format!("{} {}", self.name(), self.turn);
            let _ = self.visitor.say(Reach::Place, &line).await;
            self.lines.push(line);
        }
        self.visitor.watch_for(STEP_EVERY).await?;
        if self.visitor.closed.is_some() {
            self.come_back().await?;
        }
        Ok(())
    }

    /// Comes in where there is a relay, and goes on.
    async fn come_back(&mut self) -> Result<()> {
        let mut hello = self.visitor.coming_back();
        self.past.append(&mut self.visitor.said);
        self.past.extend(self.visitor.missed.take().into_iter().flatten());
        self.gap |= self.visitor.gap;
        hello.name = self.name();
        hello.last_line = self.past.iter().map(|said| said.line).max().unwrap_or(0);
        let deadline = Instant::now() + COMES_BACK_WITHIN;
        let began = self.number;
        for door in (0..self.doors.len()).cycle() {
            match Visitor::enter_at(&self.doors[(began + door) % self.doors.len()], hello.clone()).await {
                Ok(visitor) => {
                    ensure!(
                        visitor.id() == self.visitor.id(),
                        "{} came back as someone else",
                        self.name()
                    );
                    self.visitor = visitor;
                    self.way = steps_from(self.visitor.own, 4);
                    return Ok(());
                }
                Err(error) if Instant::now() > deadline => {
                    return Err(error).context("no relay takes a visitor back");
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        bail!("there is no relay")
    }

    /// What it said and saw the receipt of.
    fn acknowledged(&self) -> impl Iterator<Item = &String> {
        let heard = self.heard();
        self.lines
            .iter()
            .filter(move |line| heard.contains_key(line.as_str()))
    }

    /// How often it heard each line: what comes twice under one number, a client shows once.
    fn heard(&self) -> BTreeMap<&str, usize> {
        let visitor = &self.visitor;
        let all = self
            .past
            .iter()
            .chain(&visitor.said)
            .chain(visitor.missed.iter().flatten());
        let numbered: BTreeMap<u64, &str> = all.map(|said| (said.line, text_of(said))).collect();
        let mut heard = BTreeMap::new();
        for text in numbered.into_values() {
            *heard.entry(text).or_insert(0) += 1;
        }
        heard
    }

    /// What is wrong with its view.
    fn against(&self, truth: &HashMap<VisitorId, Stance>, acknowledged: &[&String]) -> Vec<String> {
        let visitor = &self.visitor;
        let mut found = Vec::new();
        if let Some(closed) = &visitor.closed {
            found.push(format!("closed: {closed:?}"));
        }
        for (id, stance) in truth {
            let Some(seen) = visitor.seen.get(id) else {
                found.push(format!("misses {id:?}"));
                continue;
            };
            let allowed = match visitor.rates.get(id) {
                Some(Rate::Far) => FAR_CM,
                _ => CLOSE_CM,
            };
            let off = apart(*seen, *stance);
            let same = (seen.position.level, seen.motion) == (stance.position.level, stance.motion);
            if off > allowed || !same {
                found.push(format!(
                    "sees {id:?} {off} cm off at {:?}: {seen:?}, not {stance:?}",
                    visitor.rates.get(id)
                ));
            }
            if *id != visitor.id() && !visitor.names.contains_key(id) {
                found.push(format!("was not told who {id:?} is"));
            }
        }
        for ghost in visitor.seen.keys().filter(|id| !truth.contains_key(id)) {
            found.push(format!("sees the ghost {ghost:?}"));
        }
        if visitor.people as usize != truth.len() {
            found.push(format!("counts {} people", visitor.people));
        }
        let heard = self.heard();
        let told_of_gap = self.gap || visitor.gap;
        for line in acknowledged {
            match heard.get(line.as_str()) {
                Some(1) => {}
                None if told_of_gap => {}
                times => found.push(format!("heard {line:?} {} times", times.unwrap_or(&0))),
            }
        }
        found
    }
}
