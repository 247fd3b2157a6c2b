[assembly: NotInParallel]

namespace Suites;

[InheritsTests]
public sealed class Class0 : Twenty;

[InheritsTests]
public sealed class Class1 : Twenty;

[InheritsTests]
public sealed class Class2 : Twenty;

[InheritsTests]
public sealed class Class3 : Twenty;

[InheritsTests]
public sealed class Class4 : Twenty;

[InheritsTests]
public sealed class Class5 : Twenty;

[InheritsTests]
public sealed class Class6 : Twenty;

[InheritsTests]
public sealed class Class7 : Twenty;

[InheritsTests]
public sealed class Class8 : Twenty;

[InheritsTests]
public sealed class Class9 : Twenty;
