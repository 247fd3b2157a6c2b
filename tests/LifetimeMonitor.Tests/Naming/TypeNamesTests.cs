using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Tests.Naming;

public sealed class TypeNamesTests
{
    [Theory]
    [InlineData("System.String", "string")]
    [InlineData("System.Int32[]", "int[]")]
    [InlineData("System.Byte*", "byte*")]
    [InlineData("MyApp.Dialog", "MyApp.Dialog")]
    [InlineData("Dialog", "Dialog")]
    [InlineData("System.Threading.Timer", "Timer")]
    [InlineData("MyApp.Outer+Inner", "MyApp.Outer.Inner")]
    [InlineData("System.Collections.Generic.List<MyApp.Window>", "List<Window>")]
    [InlineData("System.Collections.Generic.Dictionary<System.String, MyApp.Order>+Entry[]", "Dictionary<string, Order>.Entry[]")]
    [InlineData("System.Collections.Generic.List<System.Collections.Generic.List<System.Int32>[]>", "List<List<int>[]>")]
    [InlineData("MyApp.Outer<System.Int32>+Inner<System.String>", "MyApp.Outer<int>.Inner<string>")]
    [InlineData("System.Nullable<System.Int32>", "int?")]
    [InlineData("System.ValueTuple<System.Int32, MyApp.Window>", "(int, Window)")]
    [InlineData("System.Int32[,][]", "int[][,]")]
    [InlineData("MyApp.Page+<>c__DisplayClass1_0", "closure of Page")]
    [InlineData("MyApp.Page+<LoadAsync>d__3", "Page.LoadAsync")]
    [InlineData("System.Func<MyApp.Page+<>c, System.Boolean>", "Func<closure of Page, bool>")]
    [InlineData("System.Threading.Tasks.Task<System.Threading.Tasks.VoidTaskResult>", "Task")]
    [InlineData("<>z__ReadOnlyArray<MyApp.Page>", "IReadOnlyList<Page>")]
    [InlineData("System.Collections.Generic.List<<>f__AnonymousType0<System.Int32>>", "List<anonymous type>")]
    [InlineData("<PrivateImplementationDetails>", "constant data")]
    [InlineData(
        "MyApp.<Page>F2BEDC3AF11EECD0C26436FFBC4B38BC4B7CC6C11615FDA5820AB417448249EC1__Hidden",
        "MyApp.Hidden")]
    public void A_name_of_the_runtime_is_written_as_C_sharp_writes_it(string runtimeName, string expected) =>
        Assert.Equal(expected, TypeNames.FromRuntimeName(runtimeName));

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("List<")]
    [InlineData("A<B")]
    [InlineData("A]b")]
    [InlineData("?")]
    public void Words_that_make_no_sense_are_shown_as_they_are(string name) => Assert.Equal(name, TypeNames.FromRuntimeName(name));

    [Theory]
    [InlineData(typeof(Dictionary<string, List<TypeNamesTests>>), "Dictionary<string, List<TypeNamesTests>>")]
    [InlineData(typeof(Nested<int>.Inner<string>[,][]), "LifetimeMonitoring.Tests.Naming.TypeNamesTests.Nested<int>.Inner<string>[,][]")]
    [InlineData(typeof(TypeNamesTests), "LifetimeMonitoring.Tests.Naming.TypeNamesTests")]
    [InlineData(typeof((int, string)?), "(int, string)?")]
    public void A_type_of_this_process_has_the_same_name(Type type, string expected) => Assert.Equal(expected, TypeNames.Of(type));

    [Theory]
    [InlineData("MyApp.Dialog", "Dialog")]
    [InlineData("typeof(MyApp.Dialog)", "typeof(Dialog)")]
    [InlineData("async Page.LoadAsync", "async Page.LoadAsync")]
    [InlineData("Task.Delay", "Task.Delay")]
    [InlineData("MyApp.Stack<MyApp.Dialog>", "Stack<MyApp.Dialog>")]
    [InlineData("MyApp.Stack<int>.Entry<string>[]", "Stack<int>.Entry<string>[]")]
    [InlineData("typeof(MyApp.Stack<int>)", "typeof(Stack<int>)")]
    [InlineData("(int, MyApp.Stack<int>)", "(int, MyApp.Stack<int>)")]
    [InlineData("closure of Page<int>.Open", "closure of Page<int>.Open")]
    public void Only_a_namespace_is_left_out(string name, string expected) =>
        Assert.Equal(expected, TypeNames.WithoutNamespace(name));

    [Fact]
    public void A_type_that_only_the_runtime_knows_has_the_name_of_its_public_base()
    {
        Assert.Equal("Type", TypeNames.Of(typeof(int).GetType()));
        Assert.Equal("Task", TypeNames.Of(Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken).GetType()));
        Assert.Equal("async TypeNamesTests.Wait", TypeNames.Of(Wait().GetType()).Replace("LifetimeMonitoring.Tests.Naming.", "", StringComparison.Ordinal));
    }

    private static async Task Wait() => await Task.Delay(1, TestContext.Current.CancellationToken);

    private static class Nested<T>
    {
        public sealed class Inner<TInner>;
    }
}
