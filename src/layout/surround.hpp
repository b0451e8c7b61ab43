#pragma once

#include <map>
#include <set>

#include "layout/flow.hpp"
#include "layout/frames.hpp"
#include "layout/wrap.hpp"

/// Frames of one page (or cell, header, text box) and the lines beside them. Private to layout/.
namespace paraphe::layout {

/// Pieces are met from top to bottom. A frame stands where its anchor is met; when it reaches above
/// lines that were met before, the filling begins again with the frame known.
class Surround {
public:
    Surround(Flow&, Typesetter&, const FrameArea&);
    /// Of a section whose upper left corner is `at` in the column that `outer` knows the frames of.
    Surround(const Surround& outer, Point at);

    /// A frame that hangs on the page, known before the first piece.
    PlacedFrame add_page_frame(const Object&);
    /// Forgets what was met, but not the frames that reached above.
    void begin();
    /// Places the frames of piece `at` and breaks its lines anew where frames stand beside them.
    /// `top` is that of the piece, `space` what lies above it. False: begin again.
    bool meet(Stack&, std::size_t at, Length top, Length space, bool first);
    /// The next piece begins a column of the section, which stands at `x`.
    void enter_column(Length x);
    /// The paragraph was met, but begins another column.
    void forget(const Paragraph&);
    /// Takes over the frames that a section at `at` was set with.
    void leave_section(const Surround& section, Point at);
    /// After the last piece: does every frame that reached above hang on a piece in [begin, end)?
    /// False: begin again; the paragraphs of the others wait for the next page.
    bool complete(const Stack&, std::size_t begin, std::size_t end);
    /// Must `paragraph` wait for the next page?
    bool waits(const Paragraph* paragraph) const { return waiting_.contains(paragraph); }
    /// How far down frames reach that their surroundings hold.
    Length lowest() const { return lowest_; }

private:
    bool add_frames(FlowPiece&, std::size_t at, const Stack&, Length top, Length space, bool first);
    bool fills(const Rect& zone) const;

    Flow& flow_;
    Typesetter& typesetter_;
    FrameArea area_;
    Zones page_zones_;  ///< of the page's own frames, and of those before a section
    Zones zones_;
    Zones met_;        ///< those of zones_ that are not among page_zones_
    Length column_x_;  ///< of the column of a section, whose coordinates hold
    int epoch_ = 0;
    Length lowest_;
    struct Early {
        Rect box;
        const Paragraph* anchor;
    };
    std::map<const Object*, Early> early_;
    std::set<const Paragraph*> waiting_;
    int restarts_ = 0;
};

}  // namespace paraphe::layout
