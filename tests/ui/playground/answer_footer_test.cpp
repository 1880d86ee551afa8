#include "ui/playground/answer_footer.h"

#include <QLocale>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

class DescribeAnswer : public ::testing::Test {
protected:
    void SetUp() override { QLocale::setDefault(QLocale::c()); }
    void TearDown() override { QLocale::setDefault(QLocale::system()); }

    Answer m_answer{.end = Answer::End::Complete,
                    .text = u"x"_s,
                    .status = 200,
                    .problem = {},
                    .detail = {},
                    .finishReason = u"stop"_s,
                    .model = u"gpt-4.1-mini"_s,
                    .usage = AnswerTokens{12, 345},
                    .firstTokenMs = 420,
                    .totalMs = 3104};
};

TEST_F(DescribeAnswer, SaysEverything) {
    EXPECT_EQ(describeAnswer(m_answer), u"status 200  ·  first token 0.42 s  ·  total 3.10 s  ·  "
                                        "tokens 12 in, 345 out  ·  gpt-4.1-mini"_s);
}

TEST_F(DescribeAnswer, SaysWhatIsUnknownInsteadOfZero) {
    m_answer.usage.reset();
    m_answer.model.clear();
    EXPECT_EQ(describeAnswer(m_answer), u"status 200  ·  first token 0.42 s  ·  total 3.10 s  ·  "
                                        "tokens unknown  ·  model unknown"_s);
}

TEST_F(DescribeAnswer, SaysLittleOfWhatNeverBegan) {
    Answer failed;
    failed.end = Answer::End::Failed;
    failed.status = 401;
    failed.totalMs = 20;
    EXPECT_EQ(describeAnswer(failed), u"status 401  ·  total 0.02 s"_s);
}

TEST_F(DescribeAnswer, SaysHowItEnded) {
    m_answer.end = Answer::End::Stopped;
    EXPECT_TRUE(describeAnswer(m_answer).startsWith(u"status 200, stopped"_s));
    m_answer.end = Answer::End::Cut;
    EXPECT_TRUE(describeAnswer(m_answer).startsWith(u"status 200, cut off"_s));
    m_answer.end = Answer::End::Stopped;
    m_answer.status = 0;
    EXPECT_TRUE(describeAnswer(m_answer).startsWith(u"stopped"_s));
    m_answer.end = Answer::End::Failed;
    EXPECT_TRUE(describeAnswer(m_answer).startsWith(u"no answer"_s));
}

} // namespace
} // namespace quaygate
