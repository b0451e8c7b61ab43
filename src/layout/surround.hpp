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

    /// A frame that hangs on the page, known before the first piece.
    PlacedFrame add_page_frame(const Object&);
    /// Forgets what was met, but not the frames that reached above.
    void begin();
    /// Places the frames of piece `at` and breaks its lines anew where frames stand beside them.
    /// `top` is that of the piece, `space` what lies above it. False: begin again.
    bool meet(Stack&, std::size_t at, Length top, Length space, bool first);
    /// Places the frames of piece `at` alone; true when text would stand beside one.
    bool hang(Stack&, std::size_t at, Length top, Length space, bool first);
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
    Zones page_zones_;  ///< of the page's own frames
    Zones zones_;
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
