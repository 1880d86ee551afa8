#include "gateway/http/header_list.h"

#include <gtest/gtest.h>

using namespace quaygate;

TEST(HeaderList, FindsNamesWithoutCaseAndKeepsOrder) {
    HeaderList headers{{"A", "1"}, {"b", "2"}, {"a", "3"}};
    EXPECT_EQ(headers.value("a"), "1");
    EXPECT_EQ(headers.count("A"), 2);
    EXPECT_TRUE(headers.contains("B"));
    EXPECT_FALSE(headers.contains("c"));
    EXPECT_EQ(headers.value("c"), std::nullopt);
    headers.append("c", "");
    EXPECT_EQ(headers.value("C"), "");
}

TEST(HeaderList, SetReplacesTheFirstInPlaceAndRemovesTheOthers) {
    HeaderList headers{{"x", "0"}, {"a", "1"}, {"b", "2"}, {"A", "3"}};
    headers.set("A", "new");
    EXPECT_EQ(headers, (HeaderList{{"x", "0"}, {"A", "new"}, {"b", "2"}}));
    headers.set("c", "4");
    EXPECT_EQ(headers, (HeaderList{{"x", "0"}, {"A", "new"}, {"b", "2"}, {"c", "4"}}));
}

TEST(HeaderList, RemovesAllOfAName) {
    HeaderList headers{{"a", "1"}, {"b", "2"}, {"A", "3"}};
    headers.remove("a");
    EXPECT_EQ(headers, (HeaderList{{"b", "2"}}));
    headers.remove("not there");
    EXPECT_EQ(headers.size(), 1);
}

TEST(HeaderList, ComparesNamesInAsciiOnly) {
    EXPECT_TRUE(sameHeader("Content-TYPE", "content-type"));
    EXPECT_FALSE(sameHeader("content", "content-type"));
    EXPECT_FALSE(sameHeader("\xC4", "\xE4"));
    EXPECT_TRUE(sameHeader("", ""));
}
