//! Weighted samples to logistic regression weights, by Newton steps with an L2 penalty on standardised features.

/// One sample: features, label 0 or 1, weight.
pub struct Sample<const N: usize> {
    /// Features.
    pub x: [f64; N],
    /// Label.
    pub y: f64,
    /// Weight.
    pub w: f64,
}

/// Weights of a linear score, the intercept apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear<const N: usize> {
    /// Intercept.
    pub bias: f64,
    /// One weight a feature.
    pub weights: [f64; N],
}

impl<const N: usize> Linear<N> {
    /// Log-odds of a sample.
    pub fn score(&self, x: &[f64; N]) -> f64 {
        self.bias + self.weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>()
    }
}

/// Mean and deviation of each feature, by which samples are standardised.
struct Scale<const N: usize> {
    mean: [f64; N],
    deviation: [f64; N],
}

impl<const N: usize> Scale<N> {
    fn of(samples: &[Sample<N>], total: f64) -> Self {
        let mut scale = Scale { mean: [0.0; N], deviation: [0.0; N] };
        for s in samples {
            for k in 0..N {
                scale.mean[k] += s.w * s.x[k] / total;
            }
        }
        for s in samples {
            for k in 0..N {
                scale.deviation[k] += s.w * (s.x[k] - scale.mean[k]).powi(2) / total;
            }
        }
        scale.deviation.iter_mut().for_each(|s| *s = s.sqrt().max(1e-6));
        scale
    }

    /// The sample standardised, the intercept's 1 last.
    fn row(&self, x: &[f64; N]) -> Vec<f64> {
        let each = (0..N).map(|k| (x[k] - self.mean[k]) / self.deviation[k]);
        each.chain([1.0]).collect()
    }
}

/// Fits weights. `penalty` is per unit of total sample weight.
pub fn fit<const N: usize>(samples: &[Sample<N>], penalty: f64) -> Linear<N> {
    let total: f64 = samples.iter().map(|s| s.w).sum();
    let scale = Scale::of(samples, total);
    let mut beta = vec![0.0; N + 1];
    for _ in 0..25 {
        let step = newton(samples, &scale, &beta, penalty * total);
        let size: f64 = step.iter().map(|s| s.abs()).sum();
        for (b, s) in beta.iter_mut().zip(&step) {
            *b += s;
        }
        if size < 1e-6 {
            break;
        }
    }
    let mut out = Linear { bias: beta[N], weights: [0.0; N] };
    for k in 0..N {
        out.weights[k] = beta[k] / scale.deviation[k];
        out.bias -= out.weights[k] * scale.mean[k];
    }
    out
}

/// One Newton step from `beta`, the intercept last and not held down by the penalty.
fn newton<const N: usize>(samples: &[Sample<N>], scale: &Scale<N>, beta: &[f64], penalty: f64) -> Vec<f64> {
    let d = N + 1;
    let mut gradient = vec![0.0; d];
    let mut hessian = vec![0.0; d * d];
    for s in samples {
        let z = scale.row(&s.x);
        let dot: f64 = beta.iter().zip(&z).map(|(b, z)| b * z).sum();
        let p = 1.0 / (1.0 + (-dot).exp());
        let v = s.w * (p * (1.0 - p)).max(1e-6);
        for i in 0..d {
            gradient[i] += s.w * (s.y - p) * z[i];
            for j in 0..=i {
                hessian[i * d + j] += v * z[i] * z[j];
            }
        }
    }
    for i in 0..d {
        let l2 = if i < N { penalty } else { 1e-9 };
        gradient[i] -= l2 * beta[i];
        hessian[i * d + i] += l2;
        for j in 0..i {
            hessian[j * d + i] = hessian[i * d + j];
        }
    }
    solve(hessian, gradient, d)
}

/// Gauss elimination with row pivots.
fn solve(mut a: Vec<f64>, mut b: Vec<f64>, n: usize) -> Vec<f64> {
    for i in 0..n {
        let pivot = (i..n).max_by(|&x, &y| a[x * n + i].abs().total_cmp(&a[y * n + i].abs())).unwrap_or(i);
        for k in 0..n {
            a.swap(i * n + k, pivot * n + k);
        }
        b.swap(i, pivot);
        for r in i + 1..n {
            let factor = a[r * n + i] / a[i * n + i];
            for k in i..n {
                a[r * n + k] -= factor * a[i * n + k];
            }
            b[r] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|k| a[i * n + k] * b[k]).sum();
        b[i] = (b[i] - rest) / a[i * n + i];
    }
    b
}
