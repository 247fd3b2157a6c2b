[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Suites;

public sealed class Class0 : Twenty;
public sealed class Class1 : Twenty;
public sealed class Class2 : Twenty;
public sealed class Class3 : Twenty;
public sealed class Class4 : Twenty;
public sealed class Class5 : Twenty;
public sealed class Class6 : Twenty;
public sealed class Class7 : Twenty;
public sealed class Class8 : Twenty;
public sealed class Class9 : Twenty;
