// Where everyone is at a time: people who walk around a middle, each on a circle of its own, before an eye that stands still. It stands for what a world would tell a renderer, anew for each frame.

const NEAREST_M = 4;
const FARTHEST_M = 24;
const WALK_M_S = 2;

// All of the ring is in the picture, from fourteen metres off to sixty-two.
const EYE = [0, 5, 38];
const TARGET = [0, 1, 0];

export class Ring {
  // Of each: x and z in metres, heading clockwise from north, metres walked.
  constructor({ people }) {
    this.time_s = 0;
    this.eye = EYE;
    this.target = TARGET;
    this.places = new Float32Array(people.length * 4);
    // Evenly spread, however many there are (the sequence R2 of M. Roberts).
    this.circles = people.map((_, number) => {
      const share = (number * 0.754_877_67) % 1;
      const radius = Math.sqrt(NEAREST_M ** 2 + (FARTHEST_M ** 2 - NEAREST_M ** 2) * share);
      return { radius, from: 2 * Math.PI * ((number * 0.569_840_29) % 1), walked: number * 0.37 };
    });
  }

  at(time_s) {
    this.time_s = time_s;
    const { places, circles } = this;
    for (let number = 0, at = 0; number < circles.length; number += 1, at += 4) {
      const { radius, from, walked } = circles[number];
      const angle = from + (time_s * WALK_M_S) / radius;
      places[at] = radius * Math.sin(angle);
      places[at + 1] = -radius * Math.cos(angle);
      places[at + 2] = angle + Math.PI / 2;
      places[at + 3] = walked + time_s * WALK_M_S;
    }
  }
}
