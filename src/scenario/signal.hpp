#pragma once

#include <map>
#include <string>
#include <vector>

#include "psoas/scenario/simulation.hpp"

namespace psoas::simulation {

/// A signal in pieces, with its parameters filled in.
class Signal {
 public:
  /// @param known  the parameters; `t` is added
  /// @throws SpecError for expressions that cannot be evaluated and pieces that overlap or run backwards
  Signal(const std::vector<SignalPiece>& pieces, std::map<std::string, double> known);

  /// @param left  at a place where pieces meet: the limit from before it
  double at(double t, bool left = false) const;
  /// Rate of the piece that holds at t, 0 outside of all.
  double rate_at(double t, bool left = false) const;
  /// Where pieces begin or end  [s].
  std::vector<double> switches() const;

 private:
  struct Piece {
    double from, to;
    Expression value;
  };
  const Piece* holding(double t, bool left) const;
  double value(const Piece& piece, double t) const;

  std::vector<Piece> pieces_;
  mutable std::map<std::string, double> known_;
};

}  // namespace psoas::simulation
