//! The figures of a frame on the GPU: finely for the nearest, coarsely for those around them, plainly for everyone up to where
//! a figure is some pixels high, and as flat pictures beyond. Near ones are posed one by one, all others have a pose that many
//! have. Between two levels a figure is drawn on both, some of its pixels on each, so that nobody pops.

use std::ops::Range;

use bytemuck::cast_slice;
use glam::{Mat4, Vec3, Vec4, vec3};
use shared::motion::Motion;
use shared::order::sort_by_length;
use shared::stage::{Figure, Frame, VEHICLE};

use crate::chunks::View;
use crate::figure::{self, CUT_COUNT, common, pose, vehicle, worn};
use crate::gpu::Gpu;
use crate::pipelines::Pipelines;

/// Three texels a bone.
const ROW_TEXELS: u32 = 3 * pose::BONES as u32;
/// Most vehicles that are drawn, and what surely holds one, to each side of its middle, in metres.
const MOST_VEHICLES: usize = 64;
const VEHICLE_M: Vec3 = vec3(7.0, 4.0, 7.0);
/// The share of that distance over which one level goes over into the next.
const BAND: f32 = 0.14;
/// How much of the way a reach goes at each frame to where it should be: slowly enough for levels to be blended.
const EASE: f32 = 0.12;

/// Who is drawn on which level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Most figures that are drawn finely, posed one by one, drawn at least coarsely, and at least plainly.
    pub most: [usize; 4],
    /// Up to which distance to the eye, in metres, they are, however few there are.
    pub reaches_m: [f32; 4],
    /// Most rows of bones: of figures that are posed one by one, and of poses that many have.
    pub rows: [usize; 2],
}

impl Levels {
    /// Everyone on the finest level, as many as a texture has rows on any device.
    pub const FINEST: Self = Self {
        most: [2_048; 4],
        reaches_m: [14_000.0; 4],
        rows: [2_048, 0],
    };

    /// For at most so many figures on each level.
    pub const fn for_most(most: [usize; 4]) -> Self {
        Self {
            most,
            reaches_m: [20.0, 64.0, 100.0, 240.0],
            rows: [512, 1_024],
        }
    }
}

/// What is drawn with one call: each is a run of instances, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Finely.
    Fine,
    /// Coarsely, those of a cut.
    Coarse(usize),
    /// Plainly, those of a cut.
    Plain(usize),
    /// As flat pictures.
    Flat,
    /// Things of those that are drawn coarsely, and plainly.
    Things(usize),
    /// Those that cast shadows: they are posed one by one.
    Casting,
    /// Vehicles.
    Vehicles,
}

/// Where the groups begin that there are several of, and how many there are.
const PLAIN: usize = 1 + CUT_COUNT;
const FLAT: usize = PLAIN + CUT_COUNT;
const CASTING: usize = FLAT + 3;
const GROUPS: usize = CASTING + 2;

impl Group {
    const fn index(self) -> usize {
        match self {
            Self::Fine => 0,
            Self::Coarse(cut) => 1 + cut,
            Self::Plain(cut) => PLAIN + cut,
            Self::Flat => FLAT,
            Self::Things(level) => FLAT + 1 + level,
            Self::Casting => CASTING,
            Self::Vehicles => CASTING + 1,
        }
    }
}

/// Buffers for as many figures as there have been.
#[derive(Debug)]
pub struct Crowd {
    /// Per-instance data.
    pub buffer: wgpu::Buffer,
    /// Group 0 of all pipelines: the frame's numbers, and the bones.
    pub frame_group: wgpu::BindGroup,
    /// Most figures that fit.
    pub capacity: usize,
    groups: [Range<u32>; GROUPS],
    levels: Levels,
    /// Up to where they reach now.
    reaches_m: [f32; 4],
    bones: wgpu::Texture,
    /// Rows of the poses that many have, after those of figures that are posed one by one; and how many there are.
    common: Vec<Option<u16>>,
    common_rows: usize,
}

/// A frame's instances, and the bones that are new.
#[derive(Default)]
struct Lists {
    groups: [Vec<Figure>; GROUPS],
    own: Vec<Vec4>,
    common: Vec<Vec4>,
}

impl Lists {
    fn push(&mut self, group: Group, figure: Figure) {
        if let Some(list) = self.groups.get_mut(group.index()) {
            list.push(figure);
        }
    }

    /// A figure with bones, on a level of the mesh.
    fn stand(&mut self, level: usize, figure: Figure) {
        let [_, worn, _] = figure.reserved;
        let cut = figure::cut_of(worn);
        self.push(
            [Group::Fine, Group::Coarse(cut), Group::Plain(cut)][level],
            figure,
        );
        if level > 0 && figure::has_things(worn) {
            self.push(Group::Things(level - 1), figure);
        }
    }
}

/// Writes bones as the texture has them.
#[inline(never)]
fn write_rows(rows: &mut Vec<Vec4>, bones: &[Mat4]) {
    for bone in bones {
        rows.extend([bone.row(0), bone.row(1), bone.row(2)]);
    }
}

impl Crowd {
    /// Room for `capacity` figures.
    pub fn new(
        gpu: &Gpu,
        pipelines: &Pipelines,
        globals: &wgpu::Buffer,
        levels: Levels,
        capacity: usize,
    ) -> Self {
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("figures"),
            // Each may be between two levels, have things on both, and cast a shadow.
            size: (5 * capacity * size_of::<Figure>()) as u64,
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bones = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("bones"),
            size: wgpu::Extent3d {
                width: ROW_TEXELS,
                height: levels.rows.iter().sum::<usize>() as u32,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Float,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = bones.create_view(&wgpu::TextureViewDescriptor::default());
        let frame_group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("frame"),
            layout: &pipelines.frame_layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: globals.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view),
                },
            ],
        });
        Self {
            buffer,
            frame_group,
            capacity,
            groups: std::array::from_fn(|_| 0..0),
            levels,
            reaches_m: levels.reaches_m,
            bones,
            common: vec![None; common::POSES],
            common_rows: 0,
        }
    }

    /// Instances of a group in the last frame.
    pub fn group(&self, group: Group) -> Range<u32> {
        self.groups.get(group.index()).cloned().unwrap_or_default()
    }

    /// Everyone, on whichever level; whoever is between two of them twice.
    pub fn everyone(&self) -> Range<u32> {
        0..self.group(Group::Flat).end
    }

    /// Sends everyone who is seen, or whose shadow is: those within `cast_m` metres of what is looked at.
    pub fn write(&mut self, gpu: &Gpu, frame: &Frame, view: &View, cast_m: f32) {
        let (eye, target) = (Vec3::from(frame.header.eye), Vec3::from(frame.header.target));
        let near_target = |figure: &Figure| Vec3::from(figure.position).distance(target) < cast_m;
        let seen = |figure: &Figure| {
            let middle = Vec3::from(figure.position) + Vec3::Y;
            figure.opacity > 0.0 && (view.holds(middle, vec3(1.0, 1.2, 1.0)) || near_target(figure))
        };
        let is_vehicle = |figure: &&Figure| figure.motion[2] == VEHICLE;
        let mut figures: Vec<(f32, Figure)> = frame
            .figures
            .iter()
            .filter(|figure| !is_vehicle(figure) && seen(figure))
            .take(self.capacity)
            .map(|figure| (Vec3::from(figure.position).distance(eye), *figure))
            .collect();
        sort_by_length(&mut figures, |(apart, _)| *apart);
        self.reach(&figures);

        let time_s = frame.header.time_s;
        let mut lists = Lists::default();
        let mut row = 0;
        for figure in frame.figures.iter().filter(is_vehicle) {
            if row < MOST_VEHICLES && view.holds(Vec3::from(figure.position), VEHICLE_M) {
                write_rows(&mut lists.own, &vehicle::matrices(figure, time_s));
                let reserved = [row as u32, vehicle::shown(figure), 0];
                lists.push(Group::Vehicles, Figure { reserved, ..*figure });
                row += 1;
            }
        }
        // Whose poses do not fit any more is flat for one frame.
        let had = self.common_rows;
        for (apart, mut figure) in figures {
            let [near, _, coarse, plain] = self.reaches_m.map(|reach| share(reach, apart));
            let number = common::number(&figure);
            let posed = apart <= self.reaches_m[1] || number.is_none();
            let (at, tall) = if plain <= 0.0 {
                (None, 0.0)
            } else if posed && row < self.levels.rows[0] {
                write_rows(&mut lists.own, &pose::matrices(&figure, time_s));
                row += 1;
                (Some(row - 1), 0.0)
            } else {
                let at = number.and_then(|number| self.common_row(number, &mut lists.common));
                (at, pose::tall(&figure))
            };
            let look = figure.look;
            figure.look = figure::dressed(look);
            let Some(at) = at else {
                lists.push(Group::Flat, figure);
                continue;
            };
            let worn = worn(look, Motion::from_index(figure.motion[0]).unwrap_or_default());
            figure.reserved = [at as u32, worn, f32::to_bits(tall)];
            if tall == 0.0 && near_target(&figure) {
                lists.push(Group::Casting, figure);
            }
            let shares = [near, coarse, plain];
            let level = shares.iter().position(|share| *share > 0.0).unwrap_or(2);
            let blend = shares[level];
            if blend < 1.0 && figure.opacity >= 1.0 {
                // Some of the pixels on this level, all others on the next.
                lists.stand(
                    level,
                    Figure {
                        opacity: blend,
                        ..figure
                    },
                );
                figure.opacity = blend - 1.0;
                if level < 2 {
                    lists.stand(level + 1, figure);
                } else {
                    lists.push(Group::Flat, figure);
                }
            } else {
                lists.stand(level, figure);
            }
        }
        self.send(gpu, &lists, had);
        if self.common_rows == self.levels.rows[1] {
            self.common.fill(None);
            self.common_rows = 0;
        }
    }

    /// The row of a pose that many have. None where there is no room for another one.
    fn common_row(&mut self, number: usize, bones: &mut Vec<Vec4>) -> Option<usize> {
        let known = self.common.get_mut(number)?;
        if known.is_none() && self.common_rows < self.levels.rows[1] {
            write_rows(bones, &common::bones(number));
            *known = Some(self.common_rows as u16);
            self.common_rows += 1;
        }
        known.map(|row| self.levels.rows[0] + usize::from(row))
    }

    /// Sends instances and bones; there `had` been so many poses in common before.
    fn send(&mut self, gpu: &Gpu, lists: &Lists, had: usize) {
        let mut end = 0;
        self.groups = lists.groups.each_ref().map(|list| {
            let start = end;
            end += list.len() as u32;
            start..end
        });
        if end > 0 {
            gpu.queue
                .write_buffer(&self.buffer, 0, cast_slice(&lists.groups.concat()));
        }
        for (first, rows) in [(0, &lists.own), (self.levels.rows[0] + had, &lists.common)] {
            if rows.is_empty() {
                continue;
            }
            let mut to = self.bones.as_image_copy();
            to.origin.y = first as u32;
            gpu.queue.write_texture(
                to,
                cast_slice(rows),
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(ROW_TEXELS * size_of::<Vec4>() as u32),
                    rows_per_image: None,
                },
                wgpu::Extent3d {
                    width: ROW_TEXELS,
                    height: rows.len() as u32 / ROW_TEXELS,
                    depth_or_array_layers: 1,
                },
            );
        }
    }

    /// Draws each level in as far as so many figures are in it: the more people, the nearer.
    fn reach(&mut self, figures: &[(f32, Figure)]) {
        let Levels { most, reaches_m, .. } = self.levels;
        for (level, reach) in self.reaches_m.iter_mut().enumerate() {
            let crowded = figures
                .get(most[level])
                .map_or(f32::INFINITY, |(apart, _)| *apart);
            *reach += (reaches_m[level].min(crowded) - *reach) * EASE;
        }
        // The bands of two levels are apart.
        for (nearer, next) in [(0, 2), (2, 3)] {
            self.reaches_m[next] = self.reaches_m[next].max(self.reaches_m[nearer] * (1.0 + 2.0 * BAND));
        }
    }
}

/// The share of a figure's pixels on a level that reaches so far.
fn share(reach: f32, apart: f32) -> f32 {
    ((reach - apart) / (reach * BAND)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_a_run_of_its_own() {
        let mut groups = vec![Group::Fine, Group::Flat, Group::Casting, Group::Vehicles];
        groups.extend((0..CUT_COUNT).flat_map(|cut| [Group::Coarse(cut), Group::Plain(cut)]));
        groups.extend([Group::Things(0), Group::Things(1)]);
        let mut places: Vec<usize> = groups.iter().map(|group| group.index()).collect();
        places.sort_unstable();
        assert_eq!(places, (0..GROUPS).collect::<Vec<_>>());
        // What `everyone` relies on.
        assert!(groups.iter().all(|group| matches!(
            group,
            Group::Casting | Group::Vehicles | Group::Things(_)
        ) || group.index() <= Group::Flat.index()));
    }

    #[test]
    fn a_level_goes_over_into_the_next_bit_by_bit() {
        let shares: Vec<f32> = (0..300).map(|step| share(20.0, step as f32 * 0.1)).collect();
        assert!(shares[0] > 0.999 && shares[299] < 0.001);
        assert!(
            shares
                .windows(2)
                .all(|pair| (0.0..0.05).contains(&(pair[0] - pair[1])))
        );
    }
}
