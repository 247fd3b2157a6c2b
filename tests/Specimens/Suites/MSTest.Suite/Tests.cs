[assembly: DoNotParallelize]

namespace Suites;

[TestClass]
public sealed class Class0 : Twenty;

[TestClass]
public sealed class Class1 : Twenty;

[TestClass]
public sealed class Class2 : Twenty;

[TestClass]
public sealed class Class3 : Twenty;

[TestClass]
public sealed class Class4 : Twenty;

[TestClass]
public sealed class Class5 : Twenty;

[TestClass]
public sealed class Class6 : Twenty;

[TestClass]
public sealed class Class7 : Twenty;

[TestClass]
public sealed class Class8 : Twenty;

[TestClass]
public sealed class Class9 : Twenty;
