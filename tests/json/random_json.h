#pragma once

#include <QByteArray>

#include <random>

namespace quaygate::test {

/// Makes JSON texts of every shape and spelling: odd whitespace, escapes, number forms, nesting.
/// The same seed gives the same texts.
class RandomJson {
public:
    explicit RandomJson(unsigned seed) : m_random(seed) {}

    QByteArray value(int depth = 0);
    QByteArray string();
    QByteArray whitespace();
    int below(int limit);

private:
    QByteArray number();
    QByteArray container(int depth, bool object);
    const char *oneOf(std::initializer_list<const char *> choices);

    std::mt19937 m_random;
};

} // namespace quaygate::test
