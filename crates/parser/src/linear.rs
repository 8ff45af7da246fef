//! Dense products over rows, with weights packed so that the inner loop reads memory in order.

use pulp::{Arch, Simd, WithSimd};

/// Columns of one panel: two vectors of eight floats.
const PANEL: usize = 16;
/// Rows that one pass of the inner loop works on.
const ROWS: usize = 6;
/// Rows that stay in the first-level cache while the panels pass by.
const BLOCK: usize = 48;

/// A weight matrix of `inputs` × `outputs`, cut into panels of [`PANEL`] outputs.
pub struct Packed {
    inputs: usize,
    outputs: usize,
    panels: Vec<[f32; PANEL]>,
}

impl Packed {
    /// Packs the matrix whose weight from input `i` to output `o` is `at(i, o)`.
    pub fn new(inputs: usize, outputs: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let mut panels = Vec::with_capacity(outputs.div_ceil(PANEL) * inputs);
        for first in (0..outputs).step_by(PANEL) {
            for i in 0..inputs {
                let value = |k: usize| if first + k < outputs { at(i, first + k) } else { 0.0 };
                panels.push(std::array::from_fn(value));
            }
        }
        Packed { inputs, outputs, panels }
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Floats of one row of a product: the number of outputs, rounded up to whole panels.
    pub fn width(&self) -> usize {
        self.outputs.next_multiple_of(PANEL)
    }
}

/// `out` = rows of `input` × `weights`. Row `i` of the input starts at `i * stride` and may overlap the next ones.
///
/// `input` holds at least `(rows - 1) * stride + inputs` floats; `out` is resized to `rows * weights.width()`.
pub fn product(arch: Arch, input: &[f32], stride: usize, rows: usize, weights: &Packed, out: &mut Vec<f32>) {
    out.resize(rows * weights.width(), 0.0);
    if rows > 0 && weights.inputs > 0 {
        arch.dispatch(Product { input, stride, rows, weights, out });
    }
}

struct Product<'a> {
    input: &'a [f32],
    stride: usize,
    rows: usize,
    weights: &'a Packed,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.weights.width();
        for first in (0..self.rows).step_by(BLOCK) {
            let rows = BLOCK.min(self.rows - first);
            let input = &self.input[first * self.stride..];
            let out = &mut self.out[first * width..(first + rows) * width];
            for (p, panel) in self.weights.panels.chunks_exact(self.weights.inputs).enumerate() {
                panel_times_rows(
                    simd,
                    Rows { input, stride: self.stride, rows },
                    panel,
                    &mut out[p * PANEL..],
                    width,
                );
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Rows<'a> {
    input: &'a [f32],
    stride: usize,
    rows: usize,
}

#[inline(always)]
fn panel_times_rows<S: Simd>(simd: S, a: Rows<'_>, panel: &[[f32; PANEL]], out: &mut [f32], width: usize) {
    let mut row = 0;
    while row + ROWS <= a.rows {
        tile::<S, ROWS>(simd, &a.input[row * a.stride..], a.stride, panel, &mut out[row * width..], width);
        row += ROWS;
    }
    if row == a.rows {
        return;
    }
    let (input, out) = (&a.input[row * a.stride..], &mut out[row * width..]);
    match a.rows - row {
        5 => tile::<S, 5>(simd, input, a.stride, panel, out, width),
        4 => tile::<S, 4>(simd, input, a.stride, panel, out, width),
        3 => tile::<S, 3>(simd, input, a.stride, panel, out, width),
        2 => tile::<S, 2>(simd, input, a.stride, panel, out, width),
        1 => tile::<S, 1>(simd, input, a.stride, panel, out, width),
        _ => {}
    }
}

#[inline(always)]
fn tile<S: Simd, const M: usize>(
    _: S,
    input: &[f32],
    stride: usize,
    panel: &[[f32; PANEL]],
    out: &mut [f32],
    width: usize,
) {
    let inputs = panel.len();
    let rows: [&[f32]; M] = std::array::from_fn(|r| &input[r * stride..r * stride + inputs]);
    let mut sums = [[0f32; PANEL]; M];
    for (i, weights) in panel.iter().enumerate() {
        for r in 0..M {
            let x = rows[r][i];
            for k in 0..PANEL {
                sums[r][k] = fused::<S>(x, weights[k], sums[r][k]);
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        out[r * width..r * width + PANEL].copy_from_slice(sum);
    }
}

/// `a * b + c`, in one step where the processor has one.
#[inline(always)]
pub fn fused<S: Simd>(a: f32, b: f32, c: f32) -> f32 {
    if S::IS_SCALAR { a * b + c } else { a.mul_add(b, c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_plain_product() {
        let (inputs, outputs, stride) = (7, 19, 3);
        let weights = Packed::new(inputs, outputs, |i, o| (i * 31 + o * 17) as f32 % 5.0 - 2.0);
        for rows in [1, 2, 5, 6, 7, 50, 101] {
            let input: Vec<f32> = (0..(rows - 1) * stride + inputs).map(|i| (i % 11) as f32 - 5.0).collect();
            let mut out = Vec::new();
            product(Arch::new(), &input, stride, rows, &weights, &mut out);
            for r in 0..rows {
                for o in 0..outputs {
                    let plain: f32 = (0..inputs)
                        .map(|i| input[r * stride + i] * ((i * 31 + o * 17) as f32 % 5.0 - 2.0))
                        .sum();
                    assert_eq!(out[r * weights.width() + o], plain, "row {r} output {o}");
                }
            }
        }
    }
}
