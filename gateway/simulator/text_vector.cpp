#include "gateway/simulator/text_vector.h"

#include <QCryptographicHash>
#include <QString>
#include <QStringList>
#include <QtEndian>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int mostWords = 64;

/// The generator splitmix64: small, and the same on every platform.
class Noise {
public:
    explicit Noise(quint64 seed) : m_state(seed) {}

    /// From -1 to 1.
    float next() {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        return static_cast<float>(z >> 40) / static_cast<float>(1 << 23) - 1.0F;
    }

private:
    quint64 m_state;
};

quint64 seedOf(QStringView word, QStringView salt) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(salt.toUtf8());
    hash.addData(QByteArrayView("\0", 1));
    hash.addData(word.toUtf8());
    return qFromLittleEndian<quint64>(hash.result().constData());
}

void addWord(std::vector<float> &vector, QStringView word, QStringView salt) {
    Noise noise(seedOf(word, salt));
    for (float &value : vector)
        value += noise.next();
}

void scaleToUnit(std::vector<float> &vector) {
    double sum = 0;
    for (const float value : vector)
        sum += static_cast<double>(value) * value;
    const auto scale = static_cast<float>(1 / std::sqrt(sum));
    for (float &value : vector)
        value *= scale;
}

} // namespace

std::vector<float> textVector(QStringView text, QStringView salt, int fullDimensions,
                              int dimensions) {
    std::vector<float> vector(static_cast<std::size_t>(fullDimensions));
    const QString simple = text.toString().toLower().simplified();
    int words = 0;
    for (const QStringView word : QStringView(simple).split(u' ', Qt::SkipEmptyParts)) {
        addWord(vector, word, salt);
        if (++words == mostWords)
            break;
    }
    // Texts that begin with the same words still differ.
    addWord(vector, text, salt);
    vector.resize(static_cast<std::size_t>(dimensions));
    scaleToUnit(vector);
    return vector;
}

} // namespace quaygate::simulator
