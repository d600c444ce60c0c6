#pragma once

#include <algorithm>
#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/extrapolated_steps.hpp"
#include "psoas/wrap/geodesic_shot.hpp"

namespace psoas::wrap::detail {

/// Motion of the tube angle θ along a geodesic of a torus, and of m neighbours; time is the arc length.
///
///   θ″ = −c² sin θ / (r ρ³)    φ′ = c / ρ²    ρ = R + r cos θ,  c = ρ v·e_φ constant (Clairaut)
template <int m>
struct TubeMotion {
  using Place = Eigen::Matrix<double, 1, m + 1>;  ///< θ, then its slopes
  using Sums = Eigen::Matrix<double, 1, m + 1>;   ///< φ, then its slopes

  double ring = 0.0, tube = 0.0;  ///< R and r [m]
  Place clairaut;                 ///< c, then its slopes [m]

  void evaluate(const Place& y, Place& f, Sums& g) const noexcept {
    const double sine = std::sin(y(0)), cosine = std::cos(y(0)), c = clairaut(0);
    const double over = 1.0 / (ring + tube * cosine), over2 = over * over, over3 = over2 * over;
    f(0) = -c * c * sine * over3 / tube;
    g(0) = c * over2;
    if constexpr (m > 0) {
      const double by_angle = -c * c * over3 * (cosine / tube + 3.0 * sine * sine * over);
      for (int k = 1; k <= m; ++k) {
        f(k) = by_angle * y(k) - 2.0 * c * sine * over3 / tube * clairaut(k);
        g(k) = over2 * clairaut(k) + 2.0 * c * tube * sine * over3 * y(k);
      }
    }
  }
};

/// Axes of the torus at angle φ round its axis and θ round its tube.
struct TubeFrame {
  Vec3 out, round, normal, along;  ///< e_ρ, e_φ, the outward normal, e_θ
  double sine, cosine;             ///< of θ

  TubeFrame(double phi, double theta) noexcept
      : out(std::cos(phi), std::sin(phi), 0.0),
        round(-std::sin(phi), std::cos(phi), 0.0),
        sine(std::sin(theta)),
        cosine(std::cos(theta)) {
    normal = cosine * out + sine * Vec3::UnitZ();
    along = cosine * Vec3::UnitZ() - sine * out;
  }
};

/// Strings from P onto the tube of a torus, passing its inner side upwards (+z) or downwards.
///
/// The horizon seen from P meets each meridian φ where a cos θ + b sin θ = r, with a = P·e_ρ − R and b = P_z; u is φ.
class TorusGun {
 public:
  /// Errors near 1e-8 and 1e-14 of the size.
  static constexpr Fineness<6, 4> coarse{0.8, 0.3}, rough = coarse;
  static constexpr Fineness<8, 5> fine{0.55, 0.15};

  TorusGun(double ring, double tube, bool up, const Vec3& P) noexcept
      : ring_(ring), tube_(tube), sign_(up ? 1.0 : -1.0), P_(P) {
    rate_ = 1.0 / (tube * std::min(1.0, std::acosh(ring / tube)));
  }

  /// 1/τ in which the motion changes markedly [1/m].
  double rate() const noexcept { return rate_; }
  /// θ where a string from `from`, in the meridian φ, touches the tube, `before` it or after it; NaN if none does.
  double touch_angle(const Vec3& from, double phi, bool before) const noexcept {
    const double a = std::cos(phi) * from.x() + std::sin(phi) * from.y() - ring_, b = from.z();
    const double open = std::acos(tube_ / std::sqrt(a * a + b * b));
    return std::atan2(b, a) - (before ? sign_ : -sign_) * open;
  }

  template <int m, class Fineness>
  Shot<m> shoot(const Aim& aim, Fineness fineness) const noexcept;

 private:
  template <int m>
  void land(double phi, Shot<m>& shot, TubeMotion<m>& law, typename TubeMotion<m>::Place& angle,
            typename TubeMotion<m>::Place& rate) const noexcept;

  double ring_, tube_, sign_, rate_ = 0.0;
  Vec3 P_;
};

/// The first straight part, and the motion with which it lands.
template <int m>
void TorusGun::land(double phi, Shot<m>& shot, TubeMotion<m>& law, typename TubeMotion<m>::Place& angle,
                    typename TubeMotion<m>::Place& rate) const noexcept {
  const double theta = touch_angle(P_, phi, true);
  const TubeFrame at(phi, theta);
  const double rho = ring_ + tube_ * at.cosine;
  shot.entry = ring_ * at.out + tube_ * at.normal;
  shot.entry_normal = at.normal;
  const Vec3 way = shot.entry - P_;
  shot.before = way.norm();
  shot.departure = way / shot.before;
  const Vec3& v = shot.departure;
  law.ring = ring_;
  law.tube = tube_;
  angle(0) = theta;
  rate(0) = v.dot(at.along) / tube_;
  law.clairaut(0) = rho * v.dot(at.round);
  if constexpr (m > 0) {
    const double lever = (P_ - ring_ * at.out).dot(at.along);
    for (int k = 0; k < m; ++k) {
      const double d_phi = k == 0 ? 1.0 : 0.0;
      const Vec3 dP = k == 0 ? Vec3(Vec3::Zero()) : Vec3(Vec3::Unit(k - 1));
      const double d_theta = -(dP.dot(at.normal) + P_.dot(at.round) * at.cosine * d_phi) / lever;
      const Vec3 d_entry = (tube_ * d_theta) * at.along + (rho * d_phi) * at.round;
      Vec3 dv = (d_entry - dP) / shot.before;
      dv -= v.dot(dv) * v;
      shot.entry_slopes.col(k) = d_entry;
      shot.departure_slopes.col(k) = dv;
      angle(k + 1) = d_theta;
      rate(k + 1) = (dv.dot(at.along) - at.sine * v.dot(at.round) * d_phi) / tube_;
      law.clairaut(k + 1) =
          rho * (dv.dot(at.round) - v.dot(at.out) * d_phi) - tube_ * at.sine * d_theta * v.dot(at.round);
    }
  }
}

template <int m, class Fineness>
Shot<m> TorusGun::shoot(const Aim& aim, Fineness fineness) const noexcept {
  using Motion = TubeMotion<m>;
  Shot<m> shot;
  Motion law;
  typename Motion::Place angle, rate, bend;
  typename Motion::Sums turn = Motion::Sums::Zero(), turn_rate;
  land<m>(aim.u, shot, law, angle, rate);
  if (!std::isfinite(angle(0))) return shot;
  if (!walk(law, aim.tau, 1.0 / rate_, fineness, angle, rate, turn)) return shot;
  law.evaluate(angle, bend, turn_rate);
  const TubeFrame at(aim.u + turn(0), angle(0));
  const double rho = ring_ + tube_ * at.cosine, c = law.clairaut(0);
  shot.exit = ring_ * at.out + tube_ * at.normal;
  shot.exit_normal = at.normal;
  const Vec3 v = (tube_ * rate(0)) * at.along + (c / rho) * at.round;
  const double speed = v.norm();
  shot.arrival = v / speed;
  shot.arc = aim.tau;
  for (int k = 0; k <= m; ++k) {
    const bool own = k < m;  // otherwise the far end moves on
    const double d_theta = own ? angle(k + 1) : rate(0), d_rate = own ? rate(k + 1) : bend(0);
    const double d_phi = own ? turn(k + 1) + (k == 0 ? 1.0 : 0.0) : turn_rate(0), dc = own ? law.clairaut(k + 1) : 0.0;
    const Vec3 d_along = -d_theta * at.normal - (at.sine * d_phi) * at.round, d_round = -d_phi * at.out;
    const double d_side = dc / rho + c / (rho * rho) * tube_ * at.sine * d_theta;
    shot.exit_slopes.col(k) = (tube_ * d_theta) * at.along + (rho * d_phi) * at.round;
    shot.normal_slopes.col(k) = d_theta * at.along + (at.cosine * d_phi) * at.round;
    shot.arrival_slopes.col(k) =
        (tube_ * d_rate) * at.along + (tube_ * rate(0)) * d_along + d_side * at.round + (c / rho) * d_round;
  }
  shot.usable = std::isfinite(speed) && speed > 0.5 && shot.exit.allFinite();
  return shot;
}

}  // namespace psoas::wrap::detail
