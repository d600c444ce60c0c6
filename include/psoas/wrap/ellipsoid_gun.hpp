#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/geodesic_shot.hpp"
#include "psoas/wrap/normal_motion_step.hpp"

namespace psoas::wrap::detail {

/// Strings from P onto an ellipsoid.
///
/// In coordinates divided by the half axes (marked ^) the ellipsoid is the unit ball and the horizon seen from P is the
/// circle  ŷ = P̂/|P̂|² + ρ m,  ρ² = 1 − 1/|P̂|²,  m = e cos u + f sin u  across P̂.
class EllipsoidGun {
 public:
  /// Errors near 1e-4, 1e-10 and 1e-14 of the size.
  static constexpr Fineness<4, 4> rough{1.6, 0.0};
  static constexpr Fineness<8, 4> coarse{1.1, 0.3};
  static constexpr Fineness<8, 4> fine{0.55, 0.1};

  EllipsoidGun(const Vec3& half_axes, const Vec3& P) noexcept
      : a_(half_axes), squares_(half_axes.cwiseAbs2()), D_(squares_.cwiseInverse()), p_(P.cwiseQuotient(half_axes)) {
    pp_ = p_.squaredNorm();
    rho_ = std::sqrt((pp_ - 1.0) / pp_);
    Eigen::Index least = 0;
    p_.cwiseAbs().minCoeff(&least);
    e_ = p_.cross(Vec3::Unit(least)).normalized();
    f_ = p_.cross(e_) / std::sqrt(pp_);
    rate_ = 1.0 / half_axes.minCoeff();
  }

  /// u of the horizon's point that lies in direction m, given divided by the half axes.
  double place(const Vec3& m) const noexcept { return std::atan2(f_.dot(m), e_.dot(m)); }
  /// 1/τ in which the motion changes markedly [1/m].
  double rate() const noexcept { return rate_; }

  template <int m, class Fineness>
  Shot<m> shoot(const Aim& aim, Fineness fineness) const noexcept;

 private:
  /// Where and how a string that leaves P meets the ellipsoid.
  struct Landing {
    Vec3 side, turned;  ///< m and dm/du, divided by the half axes
    Vec3 y;             ///< the point, divided by the half axes
    Vec3 v;             ///< unit direction of the string
    Vec3 n, rate;       ///< unit normal, and dn/dτ
    Vec3 Dv;
    double size;   ///< of the straight part, divided by ρ
    double steep;  ///< |D x|
    double e, root, along;

    Landing(const EllipsoidGun& g, double u) noexcept
        : side(std::cos(u) * g.e_ + std::sin(u) * g.f_), turned(std::cos(u) * g.f_ - std::sin(u) * g.e_) {
      y = g.p_ / g.pp_ + g.rho_ * side;
      v = g.a_.cwiseProduct(side - g.rho_ * g.p_);
      size = v.norm();
      v /= size;
      n = y.cwiseQuotient(g.a_);
      steep = n.norm();
      n /= steep;
      Dv = g.D_.cwiseProduct(v);
      e = v.dot(Dv);
      root = std::sqrt(e);
      along = n.dot(Dv);
      rate = (Dv - along * n) / root;
    }

    /// Changes of the point and of the straight part over ρ, both divided by the half axes, as coordinate k of P moves.
    void move(const EllipsoidGun& g, int k, Vec3& dy, Vec3& dt) const noexcept {
      Vec3 dp = Vec3::Zero();
      dp(k) = 1.0 / g.a_(k);
      const double in = g.p_.dot(dp), d_rho = in / (g.pp_ * g.pp_ * g.rho_);
      const Vec3 d_side = -(side.dot(dp) / g.pp_) * g.p_;
      dy = dp / g.pp_ - (2.0 * in / (g.pp_ * g.pp_)) * g.p_ + d_rho * side + g.rho_ * d_side;
      dt = d_side - d_rho * g.p_ - g.rho_ * dp;
    }
  };

  template <int m>
  void land(double u, Shot<m>& shot, NormalMotion<m>& law, typename NormalMotion<m>::Place& q,
            typename NormalMotion<m>::Place& p) const noexcept;

  Vec3 a_, squares_, D_, p_;
  double pp_ = 0.0, rho_ = 0.0, rate_ = 0.0;
  Vec3 e_, f_;
};

/// The first straight part, and the motion of the normal with which it lands.
template <int m>
void EllipsoidGun::land(double u, Shot<m>& shot, NormalMotion<m>& law, typename NormalMotion<m>::Place& q,
                        typename NormalMotion<m>::Place& p) const noexcept {
  const Landing at(*this, u);
  q.col(0) = at.n;
  p.col(0) = at.rate;
  shot.entry = a_.cwiseProduct(at.y);
  shot.departure = at.v;
  shot.entry_normal = at.n;
  shot.before = rho_ * at.size;
  law.D = D_;
  law.squares = squares_;
  law.h = at.rate.squaredNorm() + at.n.dot(D_.cwiseProduct(at.n));
  law.over_root_J = 1.0 / (at.steep * at.root);
  if constexpr (m > 0) {
    for (int k = 0; k < m; ++k) {
      Vec3 dy = rho_ * at.turned, dt = at.turned;
      if (k > 0) at.move(*this, k - 1, dy, dt);
      dt = a_.cwiseProduct(dt);
      const Vec3 dv = (dt - at.v.dot(dt) * at.v) / at.size;
      Vec3 dn = dy.cwiseQuotient(a_) / at.steep;
      dn -= at.n.dot(dn) * at.n;
      const Vec3 dDv = D_.cwiseProduct(dv);
      const double d_along = dn.dot(at.Dv) + at.n.dot(dDv);
      const Vec3 d_rate = (dDv - d_along * at.n - at.along * dn) / at.root - (at.v.dot(dDv) / at.e) * at.rate;
      shot.entry_slopes.col(k) = a_.cwiseProduct(dy);
      shot.departure_slopes.col(k) = dv;
      q.col(k + 1) = dn;
      p.col(k + 1) = d_rate;
      law.h_slopes(k) = 2.0 * (at.rate.dot(d_rate) + at.n.dot(D_.cwiseProduct(dn)));
    }
  }
}

template <int m, class Fineness>
Shot<m> EllipsoidGun::shoot(const Aim& aim, Fineness fineness) const noexcept {
  using Motion = NormalMotion<m>;
  Shot<m> shot;
  Motion law;
  typename Motion::Place q, p, f;
  typename Motion::Sums s = Motion::Sums::Zero();
  land<m>(aim.u, shot, law, q, p);
  if (!walk(law, aim.tau, 1.0 / rate_, fineness, q, p, s)) return shot;
  typename Motion::Sums unused;
  law.evaluate(q, f, unused);
  // place and direction on the ellipsoid from the normal and its rate
  const Vec3 n = q.col(0), Bn = squares_.cwiseProduct(n);
  const double nBn = n.dot(Bn), reach = std::sqrt(nBn), ratio = p.col(0).dot(Bn) / nBn;
  const Vec3 t = squares_.cwiseProduct(p.col(0)) - ratio * Bn;
  const double size = t.norm();
  shot.exit = Bn / reach;
  shot.exit_normal = n;
  shot.arrival = t / size;
  shot.arc = s(0);
  for (int k = 0; k <= m; ++k) {
    const Vec3 dq = k < m ? Vec3(q.col(k + 1)) : Vec3(p.col(0));
    const Vec3 dp = k < m ? Vec3(p.col(k + 1)) : Vec3(f.col(0));
    const Vec3 Bdq = squares_.cwiseProduct(dq);
    const double nBdq = n.dot(Bdq), d_ratio = (dp.dot(Bn) + p.col(0).dot(Bdq) - 2.0 * ratio * nBdq) / nBn;
    const Vec3 dt = squares_.cwiseProduct(dp) - d_ratio * Bn - ratio * Bdq;
    shot.normal_slopes.col(k) = dq;
    shot.exit_slopes.col(k) = (Bdq - (nBdq / nBn) * Bn) / reach;
    shot.arrival_slopes.col(k) = (dt - shot.arrival.dot(dt) * shot.arrival) / size;
  }
  shot.usable = std::isfinite(size) && std::isfinite(shot.arc) && size > 0.0;
  return shot;
}

}  // namespace psoas::wrap::detail
