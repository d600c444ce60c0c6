#include "scenario/signal.hpp"

#include <algorithm>
#include <utility>

#include "psoas/core/error.hpp"
#include "scenario/time_limits.hpp"

namespace psoas::simulation {

Signal::Signal(const std::vector<SignalPiece>& pieces, std::map<std::string, double> known, Kind kind)
    : kind_(kind), known_(std::move(known)) {
  known_["t"] = 0.0;
  known_["pi"] = pi;
  for (const SignalPiece& piece : pieces) {
    pieces_.push_back({evaluate(piece.from, known_), evaluate(piece.to, known_), piece.value});
    if (pieces_.back().to < pieces_.back().from) {
      throw SpecError({{piece.to.where, "a piece of a signal must not end before it begins"}});
    }
    if (pieces_.size() > 1 && pieces_.back().from < pieces_[pieces_.size() - 2].to) {
      throw SpecError({{piece.from.where, "a piece of a signal must not begin before the one above it ends"}});
    }
    (void)value(pieces_.back(), pieces_.back().from);
  }
}

double Signal::value(const Piece& piece, double t) const {
  known_["t"] = t;
  const double value = evaluate(piece.value, known_);
  if (kind_ == Kind::any) return value;
  constexpr double rounding = 1e-12;
  if (value >= -rounding && value <= 1.0 + rounding) return std::clamp(value, 0.0, 1.0);
  throw SpecError({{piece.value.where, "an excitation must be from 0 to 1, got " + short_text(value) +
                                           " at t = " + short_text(t) + " s"}});
}

/// The last piece that has begun.
const Signal::Piece* Signal::holding(double t, bool left) const {
  const Piece* found = nullptr;
  for (const Piece& piece : pieces_) {
    if (piece.from < t || (!left && piece.from == t)) found = &piece;
  }
  return found;
}

double Signal::at(double t, bool left) const {
  if (pieces_.empty()) return 0.0;
  const Piece* piece = holding(t, left);
  if (piece == nullptr) return value(pieces_.front(), pieces_.front().from);
  return value(*piece, std::min(t, piece->to));
}

double Signal::rate_at(double t, bool left) const {
  const Piece* piece = holding(t, left);
  if (piece == nullptr || t > piece->to || (t == piece->to && !left)) return 0.0;
  constexpr double h = 1e-6;  // of a second; the value is a smooth formula, evaluated beyond its ends as well
  return (value(*piece, t + h) - value(*piece, t - h)) / (2.0 * h);
}

std::vector<double> Signal::switches() const {
  std::vector<double> out;
  for (const Piece& piece : pieces_) {
    out.push_back(piece.from);
    out.push_back(piece.to);
  }
  return out;
}

}  // namespace psoas::simulation
