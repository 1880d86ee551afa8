#include "tests/json/random_json.h"

using namespace Qt::StringLiterals;

namespace quaygate::test {

int RandomJson::below(int limit) {
    return static_cast<int>(m_random() % static_cast<unsigned>(limit));
}

const char *RandomJson::oneOf(std::initializer_list<const char *> choices) {
    return *(choices.begin() + below(static_cast<int>(choices.size())));
}

QByteArray RandomJson::whitespace() {
    QByteArray out;
    while (below(3) == 0)
        out += oneOf({" ", "\n", "\t", "\r\n", "    "});
    return out;
}

QByteArray RandomJson::string() {
    QByteArray out = "\"";
    const int pieces = below(6);
    for (int i = 0; i < pieces; ++i)
        out += oneOf({"a",       "model",   "{",
                      "}",       "[",       "]",
                      ",",       ":",       "\\\"",
                      "\\\\",    "\\/",     "\\n",
                      "\\u0000", "\\u00e9", "\\ud83d\\ude00",
                      "\\ud800", "é",       "語",
                      "😀",       "\x7f",    "a long run of plain text that takes several steps"});
    return out + '"';
}

QByteArray RandomJson::number() {
    return QByteArray(oneOf({"", "-"})) + oneOf({"0", "7", "12345678901234567890"}) +
           oneOf({"", "", ".5", ".000"}) + oneOf({"", "", "e5", "E+10", "e-07"});
}

QByteArray RandomJson::container(int depth, bool object) {
    QByteArray out = object ? "{" : "[";
    out += whitespace();
    const int count = below(5);
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            out += whitespace() + ',' + whitespace();
        if (object)
            out += string() + whitespace() + ':' + whitespace();
        out += value(depth + 1);
    }
    return out + whitespace() + (object ? '}' : ']');
}

QByteArray RandomJson::value(int depth) {
    const int kind = below(depth < 5 ? 6 : 4);
    switch (kind) {
    case 0:
        return oneOf({"true", "false", "null"});
    case 1:
        return number();
    case 2:
    case 3:
        return string();
    default:
        return container(depth, kind == 4);
    }
}

} // namespace quaygate::test
