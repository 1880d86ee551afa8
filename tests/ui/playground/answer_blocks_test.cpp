#include "ui/playground/answer_blocks.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using Kind = AnswerBlock::Kind;

struct Part {
    Kind kind;
    QString text;
    QString language;

    bool operator==(const Part &) const = default;
};

QList<Part> parts(const QString &markdown) {
    QList<Part> list;
    for (const AnswerBlock &block : cutAnswer(markdown))
        list.append({block.kind, block.text, block.language});
    return list;
}

TEST(CutAnswer, TellsProseFromCode) {
    EXPECT_EQ(parts(u"Hi\n\n```python x\na = 1\n\nb\n```\nbye"_s),
              (QList<Part>{{Kind::Prose, u"Hi\n\n"_s, {}},
                           {Kind::Code, u"a = 1\n\nb"_s, u"python"_s},
                           {Kind::Prose, u"bye"_s, {}}}));
}

TEST(CutAnswer, NothingIsNothing) {
    EXPECT_TRUE(cutAnswer(u""_s).isEmpty());
    EXPECT_TRUE(cutAnswer(u" \n\n"_s).isEmpty());
}

TEST(CutAnswer, CodeThatHasNotEndedIsCode) {
    EXPECT_EQ(parts(u"```\nx"_s), (QList<Part>{{Kind::Code, u"x"_s, {}}}));
    EXPECT_EQ(parts(u"```sh"_s), (QList<Part>{{Kind::Code, u""_s, u"sh"_s}}));
}

TEST(CutAnswer, AFenceEndsOnlyWithItsLike) {
    EXPECT_EQ(parts(u"````\n```\nx\n```\n````"_s),
              (QList<Part>{{Kind::Code, u"```\nx\n```"_s, {}}}));
    EXPECT_EQ(parts(u"~~~\n```\n~~~"_s), (QList<Part>{{Kind::Code, u"```"_s, {}}}));
    EXPECT_EQ(parts(u"```\n```x\n```"_s), (QList<Part>{{Kind::Code, u"```x"_s, {}}}));
}

TEST(CutAnswer, ACodeSpanIsNoFence) {
    EXPECT_EQ(parts(u"```not a fence```\ntext"_s).size(), 1);
    EXPECT_EQ(parts(u"```not a fence```\ntext"_s).first().kind, Kind::Prose);
}

TEST(CutAnswer, CodeOfAListItemStaysInTheList) {
    const QString list = u"1. one\n   ```sh\n   ls\n\n   pwd\n   ```\n2. two"_s;
    EXPECT_EQ(parts(list), (QList<Part>{{Kind::Prose, list, {}}}));
}

TEST(CutAnswer, UnderstandsCrLf) {
    EXPECT_EQ(parts(u"a\r\n```\r\nb\r\n```\r\nc"_s), (QList<Part>{{Kind::Prose, u"a\r\n"_s, {}},
                                                                  {Kind::Code, u"b\r"_s, {}},
                                                                  {Kind::Prose, u"c"_s, {}}}));
}

TEST(CutAnswer, CutsLongProseBetweenParagraphsOnly) {
    const QString paragraph = u"word "_s.repeated(700) + u"\n\n"_s;
    EXPECT_EQ(parts(paragraph + paragraph).size(), 2);
    EXPECT_EQ(parts(paragraph + u"- a\n\n- b\n\n| t |\n"_s).size(), 1);
    EXPECT_EQ(parts(paragraph + u"**Bold** start"_s).size(), 2);
}

TEST(CutAnswer, CutsProseWithoutParagraphsSomewhere) {
    EXPECT_GT(parts(u"- item\n"_s.repeated(10'000)).size(), 3);
}

/// What the transcript does: cut again from the last block with every few characters that arrive.
TEST(CutAnswer, GrowingGivesTheSameAsTheWhole) {
    const QString text =
        u"Intro\n\n```cpp\nint x;\n```\n\n1. one\n   ```sh\n   ls\n   ```\n2. two\n\n"_s +
        (u"word "_s.repeated(800) + u"\n\n**Next** one\n"_s).repeated(3) +
        u"~~~\n```\n~~~\n- a\n- b\n``x\n\n```\nend"_s;
    for (const int step : {1, 3, 7, 50}) {
        QList<AnswerBlock> grown;
        qsizetype settled = 0;
        for (qsizetype size = 1;; size = std::min(size + step, text.size())) {
            QList<AnswerBlock> tail = cutAnswer(QStringView(text).first(size).sliced(settled));
            if (!tail.isEmpty()) {
                if (!grown.isEmpty())
                    grown.removeLast();
                for (AnswerBlock &block : tail)
                    block.begin += settled;
                grown += tail;
                settled = grown.last().begin;
            }
            if (size == text.size())
                break;
        }
        EXPECT_EQ(grown, cutAnswer(text)) << step;
    }
}

} // namespace
} // namespace quaygate
