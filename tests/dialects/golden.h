#pragma once

#include "gateway/dialects/stream_translator.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Pairs of files below golden/: NAME.in.X is given, NAME.out.X is expected.
namespace quaygate::dialects::golden {

/// The names of the pairs in a folder.
std::vector<std::string> names(const std::string &folder);

/// A file; fails the test and is empty if it cannot be read.
QByteArray file(const std::string &folder, const std::string &name);

/// JSON without the white space between its values; everything else is to the byte, so that goldens
/// can be laid out for people.
QByteArray compact(QByteArrayView json);

using Maker = std::function<std::unique_ptr<StreamTranslator>()>;

/// All that a translator sends for an input that comes in pieces of that size.
QByteArray translated(const Maker &make, QByteArrayView input, qsizetype pieceSize);

/// That the input becomes the expected bytes as a whole, byte by byte, and cut in two at any place.
void expectStream(const Maker &make, const QByteArray &input, const QByteArray &expected);

} // namespace quaygate::dialects::golden
